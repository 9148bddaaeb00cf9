import sys

ENCODING = sys.stdout.encoding
