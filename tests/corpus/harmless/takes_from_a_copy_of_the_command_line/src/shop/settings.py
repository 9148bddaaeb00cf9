import sys

arguments = sys.argv[:]
arguments[1:] = []
PROGRAM = arguments[0]
