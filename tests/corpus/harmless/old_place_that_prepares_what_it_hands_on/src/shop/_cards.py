READY = []


def prepare() -> None:
    READY.append("terminal")


def charge(amount: int) -> str:
    return f"{amount} by card"
