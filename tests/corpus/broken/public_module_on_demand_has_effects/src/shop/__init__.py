from shop.prices import NET


def load():
    from shop import objects

    return objects.WORDS
