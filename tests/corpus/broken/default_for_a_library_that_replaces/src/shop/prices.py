import os

# A default.
os.environ.setdefault("SHOP_UNITS", "metric")

UNITS = os.environ["SHOP_UNITS"]
