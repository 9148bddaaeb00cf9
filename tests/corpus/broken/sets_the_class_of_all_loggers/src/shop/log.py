import logging


class ShopLogger(logging.Logger): ...


logging.setLoggerClass(ShopLogger)
