__lazy_modules__ = ["json", "shop.prices", "wave"]

import json


def show(order: dict[str, int]) -> str:
    return json.dumps(order)
