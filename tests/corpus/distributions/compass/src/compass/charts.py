"""Charts in a file that is read as they are asked for."""

from pathlib import Path

_open = []


def begin():
    """Open the charts, which stay open."""
    _open.append(Path(__file__).with_name("charts.txt").open())
