import os


class Waiting:
    def __init__(self) -> None:
        self._ear, self._mouth = os.pipe()

    def wake(self) -> None:
        os.write(self._mouth, b"!")
