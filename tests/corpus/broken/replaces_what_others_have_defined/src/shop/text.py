"""Texts, written as JSON."""

import json


def dumps(value: object) -> str:
    return str(value)


json.dumps = dumps  # on the line on which client.py does the like
