import gettext
from pathlib import Path

DOMAIN = "shop"

gettext.bindtextdomain("shop", Path(__file__).parent / "texts")
gettext.bindtextdomain(DOMAIN, Path(__file__).parent / "texts")
