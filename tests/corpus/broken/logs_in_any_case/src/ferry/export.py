import logging

logging.getLogger(__name__).warning("Welcome on board.")
