import logging
import mimetypes
import sys

log = logging.getLogger("shop.quiet")
log.setLevel(logging.ERROR)
KIND = mimetypes.guess_type("index.html")
before = sys.argv[:]
sys.argv.append("--verbose")
sys.argv[:] = before


def be_quiet() -> None:
    logging.getLogger("noisy").setLevel(logging.ERROR)
    mimetypes.add_type("text/price", ".price")
