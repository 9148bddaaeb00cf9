#!/usr/bin/env python3
from .prices import NET

SUMS = {}
for days in (1, 7):
    SUMS.update({days: NET * days})
