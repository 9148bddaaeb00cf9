import json
import logging
import sys
from types import SimpleNamespace

from shop import settings
from shop.settings import Settings

settings.debug = False
Settings.vat = 0.1
log = logging.getLogger(__name__)
log.shop = "here"
state = SimpleNamespace()
state.open = True
sys.modules["shop.old_orders"] = sys.modules[__name__]

if sys.platform == "nowhere":
    json.JSONEncoder.item_separator = ","


def use_gmt() -> None:
    logging.Formatter.converter = None
