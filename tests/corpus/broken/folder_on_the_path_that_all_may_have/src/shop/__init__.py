import sys

sys.path.append("extensions")
