import json
import os


def isfile(path: str) -> bool:
    return bool(path)


os.path.isfile = isfile
json.encoder.JSONEncoder.default = lambda self, o: str(o)
