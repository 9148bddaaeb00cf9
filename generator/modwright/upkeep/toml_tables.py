"""Tables of a TOML file as text, so that comments and layout survive."""

import re
import tomllib
from collections.abc import Collection

PYPROJECT = "pyproject.toml"
_HEADER = re.compile(r"^\[{1,2}\s*([\w.\"'-]+)\s*\]{1,2}", re.MULTILINE)


def tables(text: str) -> dict[str, str]:
    """Return the text of each tool's tables, and of each other table, with the comments above.

    All tables of a tool belong together: `tool.ruff` has `tool.ruff.lint` with it.
    """
    found: dict[str, str] = {}
    starts = [(_with_comments(text, match.start()), match[1]) for match in _HEADER.finditer(text)]
    ends = [start for start, _ in starts[1:]] + [len(text)]
    for (start, name), end in zip(starts, ends, strict=True):
        parts = name.split(".")
        key = ".".join(parts[:2] if parts[0] == "tool" else parts[:1])
        found[key] = found.get(key, "") + text[start:end]
    return {key: block.strip("\n") + "\n" for key, block in found.items()}


def title(table: str) -> str:
    """Return how a table of pyproject.toml is named among files."""
    return f"{PYPROJECT} [{table}]"


def without_tables(text: str, titles: Collection[str]) -> str:
    """Return a TOML file without some tables, and without what stands above the first."""
    return "\n".join(block for name, block in tables(text).items() if title(name) not in titles)


def with_table(text: str, name: str, block: str) -> str | None:
    """Return a TOML file with a table more at its end; None if it has something of it already."""
    end = "\r\n" if "\r\n" in text else "\n"
    added = text.rstrip() + 2 * end + block.replace("\n", end)
    try:
        content: object = tomllib.loads(text)
        tomllib.loads(added)
    except tomllib.TOMLDecodeError:
        return None
    for key in name.split("."):
        content = content.get(key) if isinstance(content, dict) else None
    return added if content is None else None


def _with_comments(text: str, start: int) -> int:
    lines = text[:start].splitlines(keepends=True)
    while lines and lines[-1].startswith("#"):
        start -= len(lines.pop())
    return start
