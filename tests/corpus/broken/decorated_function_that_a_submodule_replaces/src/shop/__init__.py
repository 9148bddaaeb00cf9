from shop._events import on


@on("shop.opened")
def prices():
    from shop.prices import NET

    return NET
