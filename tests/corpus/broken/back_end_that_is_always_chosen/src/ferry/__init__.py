import os

if os.environ.get("FERRY_CHARTS") != "plain":
    from ferry.drawn import NORTH
else:
    from ferry.plain import NORTH

__all__ = ["NORTH"]
