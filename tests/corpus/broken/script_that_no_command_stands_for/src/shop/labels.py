#!/usr/bin/env python3
from .prices import NET

for item in ("tea", "bread"):
    print(item, NET)
