"""Forgets to declare what it needs."""

from tides import high

OPENS = high()
