class Token:
    pass
