"""The files that the probe writes, read with care: a module may have written them, or to them."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from modwright_check.run.protocol import tuples_in
from modwright_check.system.regular_files import read_regular

Check = Callable[[Any], bool]

MOST_READ = 64 << 20  # bytes of all outcomes together, as much as a contained program can write
_STATUS_LENGTH = 16  # bytes

# A tuple stands for a sequence of such items, a list for any number of its item.
_FAILURE = {
    "error": str,
    "exits": bool,
    "message": str,
    "missing": str | None,
    "source": str | None,
    "frames": [(str, int | None)],
}
_IMPORT = {
    "import_ns": int,
    "loads": [(str, int, int, int, int)],
    "loaded": int,
    "asyncio": bool,
    "brought": [str],
    "lost": [str],
    "aliases": [(str, str, str)],
    "effects": [(str, str, str | None, int | None, bool, [(str, str, int)])],
}
_SHAPES: dict[str, Any] = {
    "import": _IMPORT | {"file": str | None},
    "chained import": _IMPORT | {"file": str | None, "handed": [str]},
    "failed import": _IMPORT | _FAILURE,
    "attributes": [str],
    "asks": (str, str),
    "exports": [(str, str, _FAILURE)],
}


def read_outcomes(folder: Path) -> dict[tuple[str, str], Any]:
    """Return what the probe has noted, as far as it came, by kind and module.

    What is not of the shape that the probe gives it, a module has written; it is passed over.

    Args:
        folder: That the probe was given.
    """
    seen = {}
    for text in _texts(folder / "outcomes"):
        for noted in tuples_in(text):
            match noted:
                case (str(kind), str(name), content):
                    check = _CHECKS.get(_kind(kind, content))
                    if check and check(content):
                        seen[kind, name] = content
    return seen


def process_ended(folder: Path) -> int | None:
    """Return the exit code of the process that imported, as its parent saw it; None if unknown."""
    try:
        status = int(read_regular(folder / "ended", _STATUS_LENGTH).decode("ascii"))
    except (OSError, ValueError):
        return None
    return status >> 8 if not status & 0x7F else -(status & 0x7F)


def _texts(folder: Path) -> Iterator[str]:
    """Yield what the lines of the tree have written: files that are called by numbers."""
    left, number = MOST_READ, 0
    with suppress(OSError):  # there is no such line, or a module has done away with its file
        while left > 0:
            content = read_regular(folder / str(number), left)
            yield content.decode("utf-8", "replace")
            left -= len(content)
            number += 1


def _kind(kind: str, content: object) -> str:
    if kind == "import" and isinstance(content, dict):
        if "error" in content:
            return "failed import"
        if "handed" in content:
            return "chained import"
    return kind


def _checked(shape: Any) -> Check:
    """Return what tells whether a value is of a shape; built once, for there are many values."""
    if isinstance(shape, list):
        every = _checked(shape[0])
        return lambda value: isinstance(value, list) and all(map(every, value))
    if isinstance(shape, dict):
        inner = {key: _checked(each) for key, each in shape.items()}
        return lambda value: (
            isinstance(value, dict)
            and all(key in value and check(value[key]) for key, check in inner.items())
        )
    if isinstance(shape, tuple) and any(isinstance(each, list | dict | tuple) for each in shape):
        checks = [_checked(each) for each in shape]
        return lambda value: _is_sequence(value, len(checks)) and all(map(_called, checks, value))
    if isinstance(shape, tuple):
        return lambda value: _is_sequence(value, len(shape)) and all(map(isinstance, value, shape))
    return lambda value: isinstance(value, shape)


def _is_sequence(value: object, length: int) -> bool:
    return isinstance(value, list | tuple) and len(value) == length


def _called(check: Check, value: object) -> bool:
    return check(value)


_CHECKS = {kind: _checked(shape) for kind, shape in _SHAPES.items()}
