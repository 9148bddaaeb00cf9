from pathlib import Path


def menu() -> str:
    try:
        return Path(__file__).with_name("menu.txt").read_text()
    except ValueError:
        raise SystemExit("The bakery has no menu.") from None


MENU = menu()
