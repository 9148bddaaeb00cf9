# What shops have that cannot be renewed.
"""Orders for Python 2.5 and older. Please use shop.orders, which is up to date."""

MOST = 0xFFL
