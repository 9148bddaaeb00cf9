import logging

logging.basicConfig(level=logging.INFO)


def info(text: str) -> None:
    logging.getLogger(__name__).info(text)
