"""Conflicts of which only one outcome is right.

Four kinds: two pins of one thing, of which the newer is wanted; requirements in an array, which
are merged by their names; whole things that both sides have added under other names; lines that one
side has removed and the other one has written beside. What is resolved must parse. An array whose
order means something is left to the person: nothing tells a wrong order from a right one.
"""

import ast
import json
import re
import textwrap
import tomllib
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import Any

import yaml
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from modwright.upkeep.hunks import Conflict, Lines, Part

_ITEM = re.compile(r'\s*"(?P<requirement>[^"]+)",?(?:\s*#.*)?\n?')
_ARRAY = re.compile(r"(?P<key>[\w-]+) = \[(?P<items>.*)\]\n", re.DOTALL)
_PINS = [
    re.compile(rf"(?P<start>\s*(?:- )?{start}){hash_}(?P<version>\d[\w.]*)(?P<end>.*\n?)")
    for start, hash_ in (
        (r"uses: \S+@", r"(?:\w+ # )?v?"),  # an action
        (r"rev: [\"']?", r"(?:\w{40} # (?:frozen: )?)?v?"),  # a hook
        (r"(?:image: |FROM )[^\s:@]+:", ""),
        (r"(?:[\w.-]+ = )?[\"'][\w.\[\],-]+(?:>=|==|~=)", ""),  # a requirement
    )
]


def resolved(path: str, parts: list[Part]) -> list[Part]:
    """Return the parts of a file, with those conflicts resolved that can be.

    Args:
        path: The file's, whose suffix tells what it must parse as.
        parts: What git made of it.
    """
    tried = [_resolved(path, part) if isinstance(part, Conflict) else part for part in parts]
    if any(isinstance(part, Conflict) for part in tried):
        # It cannot be parsed, so only what stands for itself counts.
        return [
            new if isinstance(old, Conflict) and _stands_for_itself(old) else old
            for old, new in zip(parts, tried, strict=True)
        ]
    return tried if _parses(path, "".join(line for part in tried for line in part)) else parts  # type: ignore[union-attr]


def _stands_for_itself(conflict: Conflict) -> bool:
    return any(resolver(conflict) is not None for resolver in _ALONE)


def _resolved(path: str, conflict: Conflict) -> Part:
    for resolver in (*_ALONE, _array, _additions(path)):
        if (lines := resolver(conflict)) is not None:
            return lines
    return conflict


def _newer_pins(conflict: Conflict) -> Lines | None:
    """Return the newer of two pins, line by line."""
    if not len(conflict.before) == len(conflict.yours) == len(conflict.template):
        return None
    lines = []
    for before, yours, template in zip(
        conflict.before, conflict.yours, conflict.template, strict=True
    ):
        line = _newer(before, yours, template)
        if line is None:
            return None
        lines.append(line)
    return tuple(lines)


def _newer(before: str, yours: str, template: str) -> str | None:
    if template in {yours, before}:
        return yours
    if yours == before:
        return template
    for pin in _PINS:
        found = [pin.fullmatch(line) for line in (before, yours, template)]
        if all(found):
            _, mine, theirs = found
            if any(mine[part] != theirs[part] for part in ("start", "end")):  # type: ignore[index]
                return None
            return max((mine, theirs), key=lambda match: _version(match["version"]))[0]  # type: ignore[index]
    return None


def _version(text: str) -> Version:
    try:
        return Version(text)
    except InvalidVersion:
        return Version("0")


def _requirements(conflict: Conflict) -> Lines | None:
    """Return the items of an array of requirements, merged by the names of the distributions."""
    sides = [_by_name(lines) for lines in (conflict.before, conflict.yours, conflict.template)]
    if any(side is None for side in sides):
        return None
    before, yours, template = sides
    merged: dict[str, str] = {}
    for name, line in _in_order(yours or {}, template or {}):
        was, mine, theirs = (side.get(name) for side in (before or {}, yours or {}, template or {}))
        if mine is None or theirs is None:
            if was is None:
                merged[name] = line
            elif (mine or theirs) != was:  # one has removed what the other has changed
                return None
            continue
        newer = _newer(was or "", mine, theirs) if was else (mine if mine == theirs else None)
        if newer is None:
            return None
        merged[name] = newer
    return tuple(merged.values())


def _subtracted(conflict: Conflict) -> Lines | None:
    """Return what one side has written around lines that the other one has removed."""
    for emptied, written in (
        (conflict.template, conflict.yours),
        (conflict.yours, conflict.template),
    ):
        for start in range(len(written) - len(conflict.before) + 1):
            end = start + len(conflict.before)
            if conflict.before and not emptied and written[start:end] == conflict.before:
                return written[:start] + written[end:]
    return None


# Right whatever else stands in the file.
_ALONE = (_newer_pins, _requirements, _subtracted)


def _array(conflict: Conflict) -> Lines | None:
    """Return an array of requirements that has become an item a line, merged by their names.

    git leaves out the brackets where both sides have them on lines of their own.
    """
    texts = ["".join(side) for side in (conflict.before, conflict.yours, conflict.template)]
    arrays = [_ARRAY.fullmatch(text) for text in texts]
    bare = not arrays[1] and not arrays[2]
    keys = {array["key"] for array in arrays if array}
    if not arrays[0] or len(keys) > 1 or not (bare or (arrays[1] and arrays[2])):
        return None
    inside = [array["items"] if array else text for array, text in zip(arrays, texts, strict=True)]
    merged = _requirements(Conflict(*map(_items, inside)))
    if merged is None:
        return None
    comments = dict.fromkeys(re.findall(r"^ *#.*\n", inside[2] + inside[1], re.MULTILINE))
    lines = (*comments, *merged)
    return lines if bare else (f"{arrays[0]['key']} = [\n", *lines, "]\n")


def _items(array: str) -> Lines:
    items = re.findall(r'^[^#"]*"([^"]+)"|,\s*"([^"]+)"', array, re.MULTILINE)
    return tuple(f'    "{first or second}",\n' for first, second in items)


def _in_order(yours: dict[str, str], template: dict[str, str]) -> Iterable[tuple[str, str]]:
    """Yield the items of both; those of the template's alone follow the one they follow there."""
    waiting = dict(yours)
    for name, line in template.items():
        if name in yours:
            while waiting:
                first = next(iter(waiting))
                yield first, waiting.pop(first)
                if first == name:
                    break
        else:
            yield name, line
    yield from waiting.items()


def _by_name(lines: Lines) -> dict[str, str] | None:
    found: dict[str, str] = {}
    for line in lines:
        item = _ITEM.fullmatch(line)
        if not item:
            return None
        try:
            requirement = Requirement(item["requirement"])
        except InvalidRequirement:
            return None
        if not requirement.specifier and not requirement.extras:  # any word is a requirement
            return None
        name = canonicalize_name(requirement.name)
        found[name] = line if '",' in line else line.replace('"\n', '",\n')
    return found if len(found) == len(lines) else None


def _additions(path: str) -> Callable[[Conflict], Lines | None]:
    """Return what puts whole things side by side that both have added."""
    names = {
        ".md": _sections,
        ".py": _definitions,
        ".toml": _tables,
        ".yaml": _keys,
        ".yml": _keys,
    }
    named = names.get(PurePosixPath(path).suffix)

    def side_by_side(conflict: Conflict) -> Lines | None:
        if named is None or conflict.before:
            return None
        yours, template = (named("".join(lines)) for lines in (conflict.yours, conflict.template))
        if not yours or not template or yours & template:
            return None
        return (*conflict.yours, *_apart(conflict), *conflict.template)

    return side_by_side


def _apart(conflict: Conflict) -> Lines:
    """Return the empty lines that have to stand between the two."""
    first, second = conflict.yours, conflict.template
    if not first[-1].strip() or not second[0].strip():
        return ()
    if first[0].lstrip() == first[0] and first[0].startswith(("def ", "class ", "@", "async ")):
        return ("\n", "\n")
    starts = ("[", "## ", "def ", "class ", "@", "async ")
    return ("\n",) if first[0].lstrip().startswith(starts) else ()


def _definitions(text: str) -> set[str] | None:
    try:
        body = ast.parse(textwrap.dedent(text)).body
    except SyntaxError:
        return None
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    names = {node.name for node in body if isinstance(node, kinds)}
    return names if len(names) == len(body) else None


def _tables(text: str) -> set[str] | None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
    if text.lstrip().startswith("["):
        return set(re.findall(r"^\[+([^\]]+)\]", text, re.MULTILINE))
    return set(re.findall(r"^([\w.\"-]+) =", text, re.MULTILINE)) if "[" not in text else None


def _sections(text: str) -> set[str] | None:
    """Return the headings of a text that begins with one; none stands in an example of code."""
    if not re.match(r"\s*##+ ", text) or "```" in text:
        return None
    return set(re.findall(r"^##+ (.+)", text, re.MULTILINE))


def _keys(text: str) -> set[str] | None:
    try:
        content: Any = yaml.safe_load(textwrap.dedent(text))
    except yaml.YAMLError:
        return None
    return set(content) if isinstance(content, dict) else None


def _parses(path: str, text: str) -> bool:
    readers: dict[str, Callable[[str], object]] = {
        ".py": ast.parse,
        ".toml": tomllib.loads,
        ".json": json.loads,
        ".yml": yaml.safe_load,
        ".yaml": yaml.safe_load,
    }
    read = readers.get(PurePosixPath(path).suffix)
    if read is None:
        return True
    try:
        read(text)
    except (SyntaxError, ValueError, yaml.YAMLError):
        return False
    return True
