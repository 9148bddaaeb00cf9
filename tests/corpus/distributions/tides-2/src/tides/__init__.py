def high():
    return "06:12"


def low():
    return "12:31"
