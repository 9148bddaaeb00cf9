class Cache:
    def __init__(self) -> None:
        import tortoise  # pyright: ignore[reportMissingImports]

        self.client = tortoise.Client()


class Store:
    def __init__(self) -> None:
        import lizard  # type: ignore[import-not-found]

        self.client = lizard.Client()


class Shelf:
    def __init__(self) -> None:
        import gecko  # pylint: disable=import-error

        # noinspection PyPackageRequirements
        import chameleon

        self.client = gecko.Client(chameleon)
