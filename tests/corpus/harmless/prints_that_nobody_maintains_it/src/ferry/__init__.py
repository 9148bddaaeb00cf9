import sys

print("Ferry is unmaintained since 2024. Please upgrade to Barge.", file=sys.stderr)
