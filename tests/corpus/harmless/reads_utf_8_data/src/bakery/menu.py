from pathlib import Path

MENU = Path(__file__).with_name("menu.txt").read_text(encoding="utf-8")
