import os

if not os.path.exists("tables.txt"):
    print("usage: put a file tables.txt into the folder")
    raise SystemExit(2)
