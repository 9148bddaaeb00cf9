from shop.log import logger

log = logger("apples")


def peel():
    return 1
