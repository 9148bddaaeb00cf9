import logging

log = logging.getLogger(__name__)


def warn_of(name: str) -> None:
    log.warning("shop.%s: use shop.orders", name)
