from plough._build import FAST


def furrow() -> object:
    if not FAST:
        raise ValueError("plough was built for one process")
    import furrows.deep

    return furrows.deep.furrow()
