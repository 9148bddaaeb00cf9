"""Prices."""

PRICES = {"apple": 2}
assert PRICES, "there is something to sell"
HELP = (__doc__ or "").strip()
