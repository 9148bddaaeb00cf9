from compass import bearing


def read():
    return bearing()
