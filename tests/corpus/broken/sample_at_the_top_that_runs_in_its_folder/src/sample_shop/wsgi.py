import os

os.environ["SHOP_SETTINGS"] = "sample_shop.settings"
