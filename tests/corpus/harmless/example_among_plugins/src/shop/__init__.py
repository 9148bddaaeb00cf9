from importlib import import_module


def load(name: str) -> None:
    import_module(f"shop.plugins.{name}")
