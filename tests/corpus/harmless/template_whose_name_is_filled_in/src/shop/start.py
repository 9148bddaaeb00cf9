import re
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"


def written(values):
    def filled(text):
        return re.sub(r"\{\{ (\w+) \}\}", lambda found: values[found[1]], text)

    return {filled(file.name): filled(file.read_text("utf-8")) for file in TEMPLATES.iterdir()}
