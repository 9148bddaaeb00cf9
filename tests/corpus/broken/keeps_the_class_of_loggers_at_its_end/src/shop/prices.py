from shop.log import logger

log = logger("shop.prices")
