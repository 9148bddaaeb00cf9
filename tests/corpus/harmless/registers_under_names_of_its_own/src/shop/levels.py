import codecs
import logging
import mimetypes
import sqlite3

logging.addLevelName(5, "TRACE")
codecs.register_error("shop.question", lambda error: ("?", error.end))
sqlite3.register_converter("price", int)
for kind in ("net", "gross"):
    sqlite3.register_converter(f"price_{kind}", int)
mimetypes.add_type("text/price", ".price")
