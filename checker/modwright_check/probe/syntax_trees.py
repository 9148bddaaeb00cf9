"""Parses sources with the project's own Python: the one that runs the check may be older.

    python syntax_trees.py FOLDER

`FOLDER/files` holds the paths; what becomes of each is written into `FOLDER/trees`, under its
number: its syntax tree as plain values, or the SyntaxError that it raises. No code of the project
runs.
"""

from __future__ import annotations

import ast
import marshal
import os
import sys
import warnings

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from typing import Any

_PLACE = ("lineno", "col_offset", "end_lineno", "end_col_offset")


def main() -> None:
    """Parse the files that the folder of the first argument names."""
    warnings.simplefilter("ignore")
    folder = sys.argv[1]
    with open(os.path.join(folder, "files"), "rb") as names:
        files = marshal.load(names)  # noqa: S302 (the check has written it)
    for number, file in enumerate(files):
        told = marshal.dumps(_parsed(file), 4)
        with open(os.path.join(folder, "trees", str(number)), "wb") as written:
            written.write(told)


def _parsed(file: str) -> Any:
    """Return a file's tree as plain values; the message and the line of what is wrong with it."""
    try:
        with open(file, "rb") as source:
            return _plain(ast.parse(source.read()))
    except SyntaxError as error:
        return error.msg, error.lineno
    except Exception as error:  # noqa: BLE001 (whatever it is, the check goes on without it)
        return str(error), None


def _plain(value: Any) -> Any:
    """Return a node as its kind, the kind that it is one of, and what it holds by name."""
    if isinstance(value, ast.AST):
        kind: Any = type(value)
        held = {name: _plain(getattr(value, name, None)) for name in kind._fields}
        held.update((name, getattr(value, name)) for name in _PLACE if hasattr(value, name))
        return kind.__name__, kind.__base__.__name__, held
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value


if __name__ == "__main__":
    main()
