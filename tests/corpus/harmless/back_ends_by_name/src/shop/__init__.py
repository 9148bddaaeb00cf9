import importlib

BACK_ENDS = ("paper", "card")


def back_end(name):
    return importlib.import_module(f"shop.pay_{name}")


def first():
    return importlib.import_module(".pay_card", __package__)


LOADED = [back_end(name) for name in BACK_ENDS]
