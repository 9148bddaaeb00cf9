__lazy_modules__ = ["json", "asyncio", "xml"]

import json
import xml.dom

try:
    import asyncio
except ImportError:
    asyncio = None


def show(order: dict[str, int]) -> str:
    return json.dumps([order, str(asyncio), str(xml.dom)])
