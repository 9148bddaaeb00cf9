import logging

logging.getLogger("noisy").setLevel(logging.ERROR)
