from importlib.resources import files

WORDS = files(__package__).joinpath("words.txt").read_text(encoding="utf-8").split()
