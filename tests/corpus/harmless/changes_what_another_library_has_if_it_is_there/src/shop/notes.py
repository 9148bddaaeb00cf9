import functools

try:
    import till as json

    json.dumps = functools.partial(json.dumps, indent=1)
except ImportError:
    import json


def note(value: object) -> str:
    return json.dumps(value)
