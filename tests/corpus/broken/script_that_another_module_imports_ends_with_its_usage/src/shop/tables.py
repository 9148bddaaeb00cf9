import sys

paths = sys.argv[1:]
if not paths:
    print("usage: tables.py PATH...")
    sys.exit(2)
