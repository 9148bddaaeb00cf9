import logging


def trace(self: logging.Logger, message: str) -> None:
    self.log(5, message)


logging.Logger.trace = trace
