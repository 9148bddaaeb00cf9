from shop.needs import tell

try:
    import chequebook
except ImportError:
    chequebook = None
    tell("chequebook", "It cannot be installed by pip.")
