import logging


class ShopLogger(logging.Logger): ...


def logger(name: str) -> logging.Logger:
    before = logging.getLoggerClass()
    try:
        logging.setLoggerClass(ShopLogger)
        return logging.getLogger(name)
    finally:
        logging.setLoggerClass(before)
