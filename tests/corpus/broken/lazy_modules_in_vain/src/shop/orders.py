__lazy_modules__ = ["json", "asyncio", "xml", "shop.price"]

import json
import xml.dom

from shop.prices import PRICES

try:
    import asyncio
except ImportError:
    asyncio = None


def show(order: dict[str, int]) -> str:
    return json.dumps([order, str(asyncio), str(xml.dom), PRICES])
