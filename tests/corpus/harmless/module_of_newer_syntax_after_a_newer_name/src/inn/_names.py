type Names = list[str]


def names() -> Names:
    return []
