import sys

sys.argv.append("--verbose")
