"""Imported only where HAS_NEEDLES."""

from sloop.compat import needles

NEEDLE = needles.__name__
