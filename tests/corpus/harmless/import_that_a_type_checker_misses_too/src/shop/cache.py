class Cache:
    def __init__(self) -> None:
        import tortoise  # pyright: ignore[reportMissingImports]

        self.client = tortoise.Client()


class Store:
    def __init__(self) -> None:
        import lizard  # type: ignore[import-not-found]

        self.client = lizard.Client()
