from press._numbers import number


def page(name: str) -> object:
    return t"<b>{name}</b> {number('1')}"
