from shop.screens import opened

SCREEN = opened(None)
