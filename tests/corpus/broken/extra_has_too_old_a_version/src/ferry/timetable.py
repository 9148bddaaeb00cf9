from importlib.util import find_spec

if find_spec("tides"):
    from tides import low
else:
    low = None
