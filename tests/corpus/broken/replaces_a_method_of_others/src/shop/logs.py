import json
import logging


def handle(self: logging.Logger, record: logging.LogRecord) -> None:
    self.callHandlers(record)


def decode(self: json.JSONDecoder, text: str) -> object:
    return text


def add_filter(self: logging.Logger, wanted: logging.Filter) -> None:
    self.filters.insert(0, wanted)


logging.Logger.handle = handle
logging.Logger.addFilter = add_filter  # of its base
json.JSONDecoder.lines = decode  # which it has not had
