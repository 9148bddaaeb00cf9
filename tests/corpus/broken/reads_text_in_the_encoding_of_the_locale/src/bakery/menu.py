from pathlib import Path

with open(Path(__file__).with_name("menu.txt")) as file:
    MENU = file.read()
