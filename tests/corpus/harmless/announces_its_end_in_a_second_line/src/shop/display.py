import sys


def deprecated(what):
    print("Such messages can be turned off in shop.toml.", file=sys.stderr)
    print(f"{what} is deprecated.", file=sys.stderr)
