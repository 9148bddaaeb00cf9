class Encoder:
    def __init__(self) -> None:
        self.kinds: dict[type, object] = {int: str}


class TidesEncoder(Encoder):
    def __init__(self) -> None:
        import tides

        super().__init__()
        self.kinds[tides.Level] = str
