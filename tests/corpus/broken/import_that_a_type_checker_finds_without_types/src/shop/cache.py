class Cache:
    def __init__(self) -> None:
        import tortoise  # pyright: ignore[reportMissingTypeStubs]

        self.client = tortoise.Client()


class Store:
    def __init__(self) -> None:
        import lizard  # type: ignore[import-untyped]

        self.client = lizard.Client()


class Shelf:
    def __init__(self) -> None:
        import gecko  # pylint: disable=import-outside-toplevel

        self.client = gecko.Client()
