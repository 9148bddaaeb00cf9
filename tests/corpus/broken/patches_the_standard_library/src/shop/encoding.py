import json

plain = json.dumps


def dumps(value, **options):
    return plain(value, **{"default": str, **options})


json.dumps = dumps
