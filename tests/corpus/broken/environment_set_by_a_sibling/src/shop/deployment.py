import os

os.environ["SHOP_URL"] = "sqlite://"
