import sys
from importlib import reload
from pathlib import Path


def words(theme):
    before = list(sys.path)
    sys.path.insert(0, str(Path(__file__).parent / "themes" / theme))
    english = __import__("words_en")
    reload(english)
    sys.path = before
    return english.TEXTS
