import logging

logger = logging.getLogger(__name__)


def apples():
    return "apples"
