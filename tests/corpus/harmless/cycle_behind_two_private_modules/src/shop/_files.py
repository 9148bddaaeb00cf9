from shop._shapes import is_list


def is_file(thing: object) -> bool:
    return not is_list(thing)
