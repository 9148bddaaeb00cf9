def is_list(thing: object) -> bool:
    return isinstance(thing, list)
