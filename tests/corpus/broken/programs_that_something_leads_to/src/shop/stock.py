STOCK = {"tea": 4}


def draw() -> None:
    from shop.scripts.chart import draw

    draw()
