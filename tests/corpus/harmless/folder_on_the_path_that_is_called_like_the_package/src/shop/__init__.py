import sys

sys.path.append(".shop/extensions")
