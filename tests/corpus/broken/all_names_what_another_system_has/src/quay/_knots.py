import sys

__all__ = ["bowline", "hitch", "hitch_on_an_island"]


def bowline() -> str:
    return "loop"


if sys.platform == "island":

    def hitch_on_an_island() -> str:
        return "palm"
