import sys

IS_PIPED = not sys.stdout.isatty()


def main() -> None:
    print(IS_PIPED)
