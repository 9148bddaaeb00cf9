import sys

if sys.platform == "island":
    from quay._ropes import rope_on_an_island as rope
else:
    from quay._ropes import rope

__all__ = ["rope"]
