"""Lists of orders."""

from shop.notes import warn_of

warn_of("other name")
