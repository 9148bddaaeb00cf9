import logging

logging.captureWarnings(True)
