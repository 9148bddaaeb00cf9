#!/usr/bin/env python3
# Usage: $0 OUT

import sys

import shop.stock

(out,) = sys.argv[1:]

with open(out, "w") as page:
    page.write(repr(shop.stock.STOCK))
