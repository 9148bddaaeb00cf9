from ferry import (
    pier1,
    pier10,
    pier11,
    pier12,
    pier13,
    pier14,
    pier15,
    pier16,
    pier17,
    pier18,
    pier19,
    pier2,
    pier20,
    pier3,
    pier4,
    pier5,
    pier6,
    pier7,
    pier8,
    pier9,
)

__all__ = ["pier1", "pier10", "pier11", "pier12", "pier13", "pier14", "pier15", "pier16", "pier17", "pier18", "pier19", "pier2", "pier20", "pier3", "pier4", "pier5", "pier6", "pier7", "pier8", "pier9"]
