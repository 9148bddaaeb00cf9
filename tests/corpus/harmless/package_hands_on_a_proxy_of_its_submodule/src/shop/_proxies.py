from importlib import import_module


class Proxy:
    def __getattr__(self, name: str) -> object:
        return getattr(import_module("shop.orders"), name)


orders = Proxy()
