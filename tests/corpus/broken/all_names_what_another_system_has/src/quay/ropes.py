import sys

__all__ = ["rope", "rope_on_an_island"]


def rope() -> str:
    return "hemp"


if sys.platform == "island":

    def rope_on_an_island() -> str:
        return "palm"
