"""Orders of the shop."""

MOST = 0xFFL
