#!/usr/bin/env python3
from .prices import __name__ as PRICES

RATE = 0.2
