import json

import tortoise

WALK = tortoise.walk


def place(order: str) -> str:
    return json.dumps([order, WALK(1)])
