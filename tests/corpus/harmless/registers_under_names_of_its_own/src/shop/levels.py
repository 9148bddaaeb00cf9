import codecs
import logging

logging.addLevelName(5, "TRACE")
codecs.register_error("shop.question", lambda error: ("?", error.end))
