#!/usr/bin/env python3
def show() -> None:
    from .prices import PRICES

    print(PRICES)


def main() -> None:
    try:
        from .prices import PRICES
    except ImportError:
        from shop.prices import PRICES

    print(PRICES)


if __name__ == "__main__":
    main()
