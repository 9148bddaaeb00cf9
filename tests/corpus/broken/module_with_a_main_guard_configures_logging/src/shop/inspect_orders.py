import logging

logging.basicConfig(level=logging.INFO)


def main() -> None:
    logging.info("open")


if __name__ == "__main__":
    main()
