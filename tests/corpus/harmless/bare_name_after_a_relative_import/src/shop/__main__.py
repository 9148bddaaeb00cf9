import sys

sys.path.append("src/shop/table")
