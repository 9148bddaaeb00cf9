import sys

sys.argv[1:] = []
