from importlib import import_module

TEAS = [import_module(f"shop.teas.{name}").tea() for name in ("green", "jade")]
