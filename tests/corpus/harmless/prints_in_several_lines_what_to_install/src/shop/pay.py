from shop.needs import tell

try:
    import cashbox
except ImportError:
    cashbox = None
    tell("a cash box", "pip install cashbox")
