class Cache:
    def __init__(self) -> None:
        import tortoise  # pyright: ignore[reportMissingTypeStubs]

        self.client = tortoise.Client()


class Store:
    def __init__(self) -> None:
        import lizard  # type: ignore[import-untyped]

        self.client = lizard.Client()
