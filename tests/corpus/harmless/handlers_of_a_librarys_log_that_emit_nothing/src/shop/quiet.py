import logging

try:
    from logging import NullHandler
except ImportError:

    class NullHandler(logging.Handler):
        def handle(self, record):
            pass

        def emit(self, record):
            pass

        def createLock(self):
            self.lock = None


class Silence(logging.Handler):
    def emit(self, record):
        """Emit nothing."""


logging.getLogger("asyncio").addHandler(NullHandler())
logging.getLogger("concurrent.futures").addHandler(Silence())

silent = logging.NullHandler()
logging.getLogger("concurrent").addHandler(silent)
