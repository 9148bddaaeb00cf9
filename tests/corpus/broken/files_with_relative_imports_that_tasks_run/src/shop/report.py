#!/usr/bin/env python3
def main() -> None:
    from .prices import PRICES

    print(PRICES)


if __name__ == "__main__":
    main()
