import json

json.shout = str.upper
