def total() -> int:
    from shop.prices import gross

    return gross()
