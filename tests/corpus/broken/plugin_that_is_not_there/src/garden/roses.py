class Rose:
    pass
