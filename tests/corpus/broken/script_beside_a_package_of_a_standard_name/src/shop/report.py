#!/usr/bin/env python3
from random import choice


def main():
    print(choice(["apple", "pear"]))


if __name__ == "__main__":
    main()
