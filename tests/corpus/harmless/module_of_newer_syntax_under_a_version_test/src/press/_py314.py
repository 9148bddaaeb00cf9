def page(name: str) -> object:
    return t"<b>{name}</b>"
