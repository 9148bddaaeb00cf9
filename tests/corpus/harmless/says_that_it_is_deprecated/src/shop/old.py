import logging

logging.getLogger(__name__).warning("shop.old is deprecated: import shop.prices")
