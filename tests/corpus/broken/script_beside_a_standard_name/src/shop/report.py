#!/usr/bin/env python3
import random


def main():
    print(random.choice(["apple", "pear"]))


if __name__ == "__main__":
    main()
