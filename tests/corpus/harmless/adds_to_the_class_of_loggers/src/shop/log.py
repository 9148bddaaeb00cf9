import logging


class ShopLogger(logging.getLoggerClass()):
    def sold(self, what: str) -> None:
        self.info("sold: %s", what)


logging.setLoggerClass(ShopLogger)
