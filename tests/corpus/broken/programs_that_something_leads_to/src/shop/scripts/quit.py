"""Ends a server: python -m shop.scripts.quit localhost:80."""

import sys

host, port = sys.argv[1].split(":")
print(host, port)
