import logging

logger = logging.getLogger(__name__)

try:
    import tides
except ImportError:
    tides = None
    logger.warning("Without tides, export() does not work.")


def export() -> int:
    return tides.high()
