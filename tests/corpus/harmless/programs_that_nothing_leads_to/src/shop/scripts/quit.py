"""Ends a server."""

import sys

host, port = sys.argv[1].split(":")
print(host, port)
