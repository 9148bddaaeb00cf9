import logging


def logger(name):
    return logging.getLogger(f"shop.{name}")
