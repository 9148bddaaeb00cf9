"""Sell {what}."""

HELP = __doc__.format(what="apples")
