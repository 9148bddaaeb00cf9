def leave():
    from tug.towing import LongTow

    return LongTow()
