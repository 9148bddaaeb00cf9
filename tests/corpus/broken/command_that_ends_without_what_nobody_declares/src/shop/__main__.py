import sys

try:
    from shop.windows import WINDOW
except ImportError:
    print("The command shop requires easel: pip install shop[windows]")
    sys.exit(1)


def main() -> None:
    print(WINDOW)


if __name__ == "__main__":
    main()
