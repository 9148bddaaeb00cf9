import sys

COUNTRIES = ("at", "de")


def gross(net):
    return net * 1.2


for country in COUNTRIES:
    globals()[f"vat_{country}"] = 0.2

if sys.platform == "win32":
    CURRENCY = "windows"
