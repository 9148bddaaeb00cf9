"""Orders."""

__all__ = {"total"}


def total() -> int:
    return 0
