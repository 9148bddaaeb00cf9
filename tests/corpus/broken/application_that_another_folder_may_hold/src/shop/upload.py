from pathlib import Path


def application() -> str:
    return Path("app.py").read_text()
