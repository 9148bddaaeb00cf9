try:
    import orjson as json
except ImportError:
    import ujson as json

encode = json.dumps
