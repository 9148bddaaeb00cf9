import os

PLACE = os.environ.get("SHOP_PLACE", "here")
os.environ["SHOP_PLACE"] = PLACE
