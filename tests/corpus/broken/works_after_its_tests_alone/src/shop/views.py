from shop.settings import SETTINGS

CURRENCY = SETTINGS["currency"]
