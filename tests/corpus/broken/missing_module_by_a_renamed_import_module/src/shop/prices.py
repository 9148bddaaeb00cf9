import importlib


def plot() -> None:
    importlib.import_module(name="plotly").show()
