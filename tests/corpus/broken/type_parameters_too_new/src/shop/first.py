def first[Item](items: list[Item]) -> Item:
    return items[0]
