import concurrent.futures
import importlib.util
import tides.harbour
import xml.etree.ElementTree

NAMES = tides.harbour.NAMES
PARSE = xml.etree.ElementTree.fromstring
FUTURE = concurrent.futures.Future, importlib.util.find_spec
