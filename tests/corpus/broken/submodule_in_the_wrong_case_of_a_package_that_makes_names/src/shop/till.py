from shop import Orders

NONE = Orders()
