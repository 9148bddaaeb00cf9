import logging


class ShopLogger(logging.Logger): ...


def logger(name: str) -> logging.Logger:
    """Return a logger; those that are made later are of the shop's class."""
    try:
        return logging.getLogger(name)
    finally:
        logging.setLoggerClass(ShopLogger)
