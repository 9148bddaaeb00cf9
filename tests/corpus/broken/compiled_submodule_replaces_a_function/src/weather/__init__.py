__all__ = ["stations"]


def stations() -> list[str]:
    return ["harbour"]
