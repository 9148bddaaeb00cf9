from shop.cli import IS_PIPED

WIDTH = 0 if IS_PIPED else 80
