class Book:
    def __init__(self) -> None:
        self._file = open(__file__, encoding="utf-8")
