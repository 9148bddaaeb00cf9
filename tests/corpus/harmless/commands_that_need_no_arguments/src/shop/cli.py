import asyncio
from collections.abc import Callable
from functools import wraps


def with_no_arguments(function: Callable[[list[str]], int]) -> Callable[[], int]:
    @wraps(function)
    def call() -> int:
        return function([])

    return call


def awaited(function: Callable) -> Callable[[], None]:
    return lambda: asyncio.run(function())


def main(argv: list[str] | None = None, *more: str, loud: bool = False, **others: str) -> int:
    return 0


@with_no_arguments
def decorated(argv: list[str]) -> int:
    return len(argv)


@awaited
async def serve() -> None:
    print("open")


class App:
    @classmethod
    def start(cls) -> None:
        print("open")

    @staticmethod
    def stop(*, now: bool = True) -> None:
        print("closed")

    def run(self) -> None:
        print("open")

    def show(self) -> None:
        print("shown")

    show = staticmethod(lambda: None)


class Commands(type):
    def __getattribute__(cls, name: str) -> Callable[[], None]:
        return lambda: None


class Till(metaclass=Commands):
    def open(self) -> None:
        print("open")


class Base(App):
    pass


def tags(source: object) -> list[object]:
    return [source]


App.run = staticmethod(lambda: None)
