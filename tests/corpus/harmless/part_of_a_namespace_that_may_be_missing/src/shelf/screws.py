from parts import screws

SIZE = screws.SIZE
