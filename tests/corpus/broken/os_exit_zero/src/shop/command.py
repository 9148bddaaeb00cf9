import os

PRICES = {"apple": 2}
os._exit(0)
