import json

for name in ("dumps", "loads", "__spec__"):
    globals()[name] = getattr(json, name)
