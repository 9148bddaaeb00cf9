"""The importers of each module, and the Pythons on which a module is imported at all."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from modwright_check.model.python_versions import ALL_MINORS
from modwright_check.static.fallbacks import minors_that_reach
from modwright_check.static.imports_by_lines import imports_by_lines
from modwright_check.static.source import Import, Source, Where


@dataclass(frozen=True)
class Importer:
    """An import of a module of the project by another one.

    Args:
        source: The module that imports.
        statement: Its statement.
    """

    source: Source
    statement: Import


def importers(read: Mapping[str, Source]) -> dict[str, list[Importer]]:
    """Return for each module of a project who imports it, type checkers left aside.

    Args:
        read: The project's sources, by the modules' names.
    """
    found: dict[str, list[Importer]] = defaultdict(list)
    tops = {name.partition(".")[0] for name in read}
    for source in read.values():
        for statement in source.imports if source.tree else imports_by_lines(source):
            own = statement.module.partition(".")[0] in tops
            if not own or statement.where is Where.FOR_TYPES:
                continue
            for name in _named(statement):
                if name in read and name != source.module:
                    found[name].append(Importer(source, statement))
    return found


def _named(statement: Import) -> Iterator[str]:
    """Yield the modules that an import may name."""
    yield statement.module
    yield from (f"{statement.module}.{name}" for name in statement.names)


def minors_of(
    read: Mapping[str, Source], found: Mapping[str, Sequence[Importer]]
) -> dict[str, frozenset[int]]:
    """Return in which Pythons each module is imported by the others, by their second numbers.

    `_py312.py`, which the others import under `if sys.version_info >= (3, 12)` only, may be as
    new as that, and so may what it alone imports. Under a `try` that imports something of the
    standard library first, the same holds. What nobody imports may be imported in any.

    Args:
        read: The project's sources, by the modules' names.
        found: Who imports each of them.
    """
    minors = dict.fromkeys(read, ALL_MINORS)
    leads_to: dict[str, set[str]] = defaultdict(set)
    for name, group in found.items():
        for each in group:
            leads_to[each.source.module].add(name)
    reached = {
        name: [(each.source.module, minors_that_reach(each.statement)) for each in group]
        for name, group in found.items()
    }
    waiting = [
        name for name, ways in reached.items() if any(each != ALL_MINORS for _, each in ways)
    ]
    while waiting:  # what a module is left with, the modules that it imports are left with
        name = waiting.pop()
        ways = (minors[importer] & each for importer, each in reached[name])
        left = minors[name] & frozenset().union(*ways)
        if left != minors[name]:
            minors[name] = left
            waiting += leads_to[name]
    return minors
