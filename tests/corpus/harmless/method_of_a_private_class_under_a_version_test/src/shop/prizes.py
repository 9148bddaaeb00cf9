from shop.draws import with_chance


def prize(count):
    return with_chance(count, 0.1)
