"""A shop."""

__all__ = ["Window"]


def __getattr__(name: str) -> object:
    if name == "Window":
        import os

        os._exit(3)
    raise AttributeError(name)
