import logging

logging.getLogger().handlers.clear()
