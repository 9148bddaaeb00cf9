from pathlib import Path


def application() -> str:
    return (Path(__file__).parent / "app.py").read_text()
