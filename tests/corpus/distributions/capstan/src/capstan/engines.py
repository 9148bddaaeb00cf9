import importlib

ENGINES = [("steam", "boiler"), ("diesel", "pistons")]

for engine, module in ENGINES:
    try:
        importlib.import_module(module)
        break
    except ImportError:
        continue
else:
    raise ImportError("no engine: " + ", ".join(module for _, module in ENGINES))
