import gc


class _Kept:
    def __init__(self) -> None:
        self.file = open(__file__)  # noqa: SIM115
        self.itself = self


def _first_line() -> str:
    return _Kept().file.readline()


FIRST = _first_line()
gc.collect()
