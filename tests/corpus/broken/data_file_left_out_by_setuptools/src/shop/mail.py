from pathlib import Path

TEMPLATES = Path(__file__).parent


def welcome():
    return (TEMPLATES / "welcome.html").read_text()
