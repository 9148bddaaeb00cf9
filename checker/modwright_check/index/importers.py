"""The importers of each module, and the Pythons on which a module is imported at all."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from modwright_check.model.python_versions import MINORS
from modwright_check.static.source import Import, Source, Where

_ROUNDS = 5  # chains of guarded modules are short


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
        for statement in source.imports:
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


def minors_of(read: Mapping[str, Source]) -> dict[str, frozenset[int]]:
    """Return in which Pythons each module is imported by the others, by their second numbers.

    `_py312.py`, which the others import under `if sys.version_info >= (3, 12)` only, may be as
    new as that. What nobody imports may be imported in any.

    Args:
        read: The project's sources, by the modules' names.
    """
    everywhere = frozenset(MINORS)
    minors = dict.fromkeys(read, everywhere)
    guarded = {
        name: [(each.source.module, each.statement.context.minors) for each in group]
        for name, group in importers(read).items()
        if any(each.statement.versions for each in group)
    }
    for _ in range(_ROUNDS):
        for name, group in guarded.items():
            minors[name] = frozenset().union(*(minors[who] & asked for who, asked in group))
    return minors
