import json
import logging
import ssl
import sys
import time
from json import JSONEncoder as Encoder

from shop import text

ssl._create_default_https_context = ssl._create_unverified_context
logging.Formatter.converter = time.gmtime
Encoder.item_separator = ","

try:
    sys.modules["simplejson"] = json
except KeyError:
    pass
