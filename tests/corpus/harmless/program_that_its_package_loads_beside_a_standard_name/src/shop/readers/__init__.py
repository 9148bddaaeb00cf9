import pkgutil
from importlib import import_module

for each in pkgutil.iter_modules(__path__):
    import_module(f"{__name__}.{each.name}")
