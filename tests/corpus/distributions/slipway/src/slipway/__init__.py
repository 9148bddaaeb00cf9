"""Boats name their classes as `package.Class`; those of cranes are loaded."""

from slipway import cranes
from slipway.boats import BOATS
