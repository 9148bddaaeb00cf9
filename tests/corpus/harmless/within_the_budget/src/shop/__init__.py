import json

PRICES = json.loads('{"apple": 2}')
