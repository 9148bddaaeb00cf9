import logging

log = logging.getLogger()
log.setLevel(10)
