from shop.draws import draw


def prize(count):
    return draw(count).with_chance(0.1)
