from shop.config import PATH

LOADED = [PATH]
