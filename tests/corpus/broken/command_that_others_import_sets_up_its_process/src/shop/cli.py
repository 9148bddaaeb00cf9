import logging

logging.basicConfig(level=logging.INFO)


def main():
    logging.info("open")
