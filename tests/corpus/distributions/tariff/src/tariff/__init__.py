"""Fares, of which the second version has taken some away."""

from typing import TYPE_CHECKING

from tariff._removed import refused
from tariff._units import *  # noqa: F403

if TYPE_CHECKING:
    from tariff._seasons import *  # noqa: F403


class MovedError(Exception):
    """What is asked for has moved."""


def __getattr__(name: str) -> object:
    return refused(name)
