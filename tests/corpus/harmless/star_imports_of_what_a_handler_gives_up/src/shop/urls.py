try:
    from shop.stock import Stock
except ImportError:
    Stock = None

SCHEMES = {"stock": Stock}
