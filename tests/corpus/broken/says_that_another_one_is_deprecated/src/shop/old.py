import logging

logging.getLogger(__name__).warning("shop.parcels is deprecated: import shop.prices")
