from importlib.metadata import entry_points


def lift(name: str) -> None:
    (found,) = entry_points(group="slipway.cranes", name=name)
    found.load()()
