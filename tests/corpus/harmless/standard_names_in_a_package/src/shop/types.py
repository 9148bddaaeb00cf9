class Price(int):
    pass
