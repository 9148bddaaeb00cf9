import sys

paths = sys.argv[1:]
if not paths:
    print("usage: make_tables.py PATH...")
    sys.exit(2)

for path in paths:
    with open(path) as file:
        print(sorted(file))
