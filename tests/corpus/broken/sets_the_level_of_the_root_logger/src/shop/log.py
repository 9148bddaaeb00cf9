import logging

logging.getLogger().setLevel(logging.DEBUG)
