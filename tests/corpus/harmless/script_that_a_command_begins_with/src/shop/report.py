#!/usr/bin/env python3
from .prices import PRICES


def main():
    print(PRICES)


if __name__ == "__main__":
    main()
