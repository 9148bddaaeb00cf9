from .. import screws

SIZE = screws.SIZE
