import logging

logger = logging.getLogger(__name__)


def pears():
    logger.info("pears are picked")
    return "pears"
