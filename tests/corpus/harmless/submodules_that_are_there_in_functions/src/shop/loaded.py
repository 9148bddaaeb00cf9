import concurrent
import importlib
import json
import logging.handlers
import os
import urllib
import xml
from concurrent import futures

WRITER = logging.handlers.RotatingFileHandler, futures


def pool() -> object:
    return concurrent.futures.ThreadPoolExecutor()


def decoder() -> object:
    return json.decoder.JSONDecoder, os.path.join("a", "b")


def parsed(text: str) -> object:
    import xml.dom.minidom

    return xml.dom.minidom.parseString(text)


def escaped(text: str) -> str:
    if hasattr(xml, "sax"):
        return xml.sax.saxutils.escape(text)
    try:
        return urllib.parse.quote(text)
    except AttributeError:
        return text


def plugin(name: str) -> object:
    return importlib.import_module(name)
