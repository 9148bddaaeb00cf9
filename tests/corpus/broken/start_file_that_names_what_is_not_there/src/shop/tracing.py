def begin() -> None:
    """Begin."""
