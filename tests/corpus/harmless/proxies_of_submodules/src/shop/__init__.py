from importlib import import_module


class Proxy:
    def __init__(self, name: str) -> None:
        self.name = name

    def __getattr__(self, name: str) -> object:
        return getattr(import_module(f"shop.{self.name}"), name)


prices = Proxy("prices")
