import sys

STROKES = int(sys.argv[1])
print("ding " * STROKES)
