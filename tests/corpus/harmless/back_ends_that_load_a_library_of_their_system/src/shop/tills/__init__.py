from importlib import import_module

TILLS = {
    "drawer": "shop.tills.drawer",
    "lever": "shop.tills.lever",
    "wheel": "shop.tills.wheel",
    "pedal": "shop.tills.pedal",
}


def till(name: str):
    return import_module(TILLS[name]).Till()
