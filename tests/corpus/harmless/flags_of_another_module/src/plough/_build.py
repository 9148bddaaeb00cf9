MPI = False


def can_draw() -> bool:
    try:
        import harrow
    except ImportError:
        return False
    return True
