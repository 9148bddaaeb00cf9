import sys
from pathlib import Path

PRICES = Path(sys.prefix, "share", "shop", "prices.txt").read_text(encoding="utf-8").split()
