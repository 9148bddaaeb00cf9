import gettext
from pathlib import Path

gettext.bindtextdomain("messages", Path(__file__).parent / "texts")
gettext.textdomain("shop")
