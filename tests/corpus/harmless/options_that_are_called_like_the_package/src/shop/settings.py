import getopt
import sys

SETTINGS = {}


def _read():
    names = ["shop-till=", "shop-loud"]
    try:
        options, _ = getopt.getopt(sys.argv[1:], "", names)
    except getopt.GetoptError:
        options = []
    SETTINGS.update(options)


_read()
