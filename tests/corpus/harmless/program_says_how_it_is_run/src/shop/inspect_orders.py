import argparse
import logging

logging.basicConfig(level=logging.INFO)


def main() -> None:
    logging.info("open")


if __name__ == "__main__":
    argparse.ArgumentParser(prog="python -m shop.inspect_orders").parse_args()
    main()
