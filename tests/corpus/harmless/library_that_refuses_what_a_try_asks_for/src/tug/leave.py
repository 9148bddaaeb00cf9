def leave():
    try:
        from tug.towing import LongTow
    except ImportError:
        return "by hand"
    return LongTow()
