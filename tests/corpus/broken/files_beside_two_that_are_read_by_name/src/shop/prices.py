from pathlib import Path

USUAL = ("BREAD-1", "MILK-1")


def prices(name):
    found = {}
    exec((Path(__file__).parent / "lists" / f"{name}.py").read_text(), found)
    return found
