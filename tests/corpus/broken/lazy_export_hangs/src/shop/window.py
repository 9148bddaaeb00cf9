"""A window, when there is one."""

from time import sleep

__all__ = ["Window"]


def __getattr__(name: str) -> object:
    if name == "Window":
        return sleep(600)
    raise AttributeError(name)
