#!/usr/bin/env python3
import pathlib
import sys

if __name__ == "__main__" and not __package__:
    sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
    __package__ = "shop"

from .prices import NET


def main():
    print(NET)


if __name__ == "__main__":
    main()
