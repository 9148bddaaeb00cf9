import logging

logging.basicConfig(level=logging.INFO)


class Books:
    log = logging.getLogger("shop")
