from shop.tables import paths

OPEN = sorted(paths)
