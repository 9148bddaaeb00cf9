import sys

sys.modules["shop.made.prices"] = sys
