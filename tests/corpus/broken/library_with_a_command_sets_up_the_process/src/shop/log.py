import logging

logging.basicConfig(level=logging.INFO)
log = logging.getLogger("shop")
