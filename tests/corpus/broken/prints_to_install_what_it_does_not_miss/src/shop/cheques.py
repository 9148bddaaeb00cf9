from shop.needs import tell

try:
    import chequebook
except ImportError:
    chequebook = None
    tell("paper", "It cannot be installed by pip.")
