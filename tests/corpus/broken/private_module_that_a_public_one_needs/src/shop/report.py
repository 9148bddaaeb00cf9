from shop._sheets import SHEET


def report() -> str:
    return str(SHEET)
