#!/usr/bin/env python3
from .prices import NET


def main():
    print(NET)


if __name__ == "__main__":
    main()
