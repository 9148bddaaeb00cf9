import logging

log = logging.getLogger("shop.orders")
log.handlers.clear()
for handler in log.handlers[:]:
    log.removeHandler(handler)


def quiet() -> None:
    logging.getLogger().handlers.clear()


class Orders:
    handlers: list[str] = []


Orders.handlers.clear()
