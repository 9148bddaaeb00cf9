import json
import os

LIMIT = float("inf")

if os.sep:
    # What cannot be told in JSON is left out.
    json.encoder.INFINITY = None
