import sys

__lazy_modules__ = {"json", "xml.dom", "shop.prices", "shop", "wave"}

import json
import xml.dom

from . import sizes
from .prices import price

if sys.platform != "win32":
    import wave


def show(order: dict[str, int]) -> str:
    return json.dumps([order, str(xml.dom), price(), sizes.LARGE, str(wave)])
