#!/usr/bin/env python3
from .taxes import RATE

RATES = {"tea": RATE}
for item in ("bread", "milk"):
    RATES[item] = RATE / 2
