#!/usr/bin/env python3
import json

from shop.prices import NET


def main():
    print(json.dumps(NET))


if __name__ == "__main__":
    main()
