import logging


class Counts(logging.Handler):
    seen = 0

    def emit(self, record):
        Counts.seen += 1


class Beeps(logging.StreamHandler):
    def flush(self):
        pass


logging.getLogger("asyncio").addHandler(Counts())
logging.getLogger("asyncio").addHandler(Beeps())
logging.getLogger("concurrent").addHandler(logging.StreamHandler())
