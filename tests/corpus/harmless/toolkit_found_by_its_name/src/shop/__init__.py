from importlib import import_module

toolkit = None
for name in ("compass", "magnet"):
    try:
        toolkit = import_module(name + ".north")
        break
    except ImportError:
        pass
if toolkit is None:
    raise ImportError("shop requires one of compass and magnet")
