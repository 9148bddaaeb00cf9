from shop.prices import NET


def load():
    from shop import _objects

    return _objects.WORDS
