import logging

log = logging.getLogger(__name__)


def weigh():
    log.info("apples")
    return 1


def peel():
    return "apple"
