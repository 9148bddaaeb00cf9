"""The part of a project's modules that a check looks at, and what it takes to judge it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from modwright_check.collect.interpreter import has_stub
from modwright_check.index.evidence import Evidence
from modwright_check.index.reached import reached
from modwright_check.model.module_names import packages_around
from modwright_check.model.options import Options, Shard
from modwright_check.model.part import Part
from modwright_check.wheel.extension_names import SUFFIXES

LARGEST_UNIT = 16  # modules of a package that stay together


def part_of(
    options: Options, changed: Collection[PurePosixPath], evidence: Evidence
) -> Part | None:
    """Return the part that is asked for; None for the whole.

    Args:
        options: What is asked for.
        changed: Files of the project that have changed since the commit that is named.
        evidence: What is known before the imports.
    """
    shard, names, told, with_wheel = options.shard, evidence.names, [], True
    if shard:
        told.append(f"shard {shard}")
    if options.changed_since is not None:
        found = reached(changed, evidence)
        names, with_wheel = (names, True) if found is None else (found, False)
        told.append(f"what a change since {options.changed_since} reaches")
    if not told:
        return None
    if shard:
        with_wheel = with_wheel and shard.number == 1
        names = shared_out(names, shard)
    return Part(names, len(evidence.names), " of ".join(told), with_wheel)


def shared_out(names: Iterable[str], shard: Shard) -> frozenset[str]:
    """Return the modules of a shard: always the same of the same names.

    Modules of a package stay together, for whoever imports them imports the package first; of a
    large package, which may take long to import, every shard gets some.

    Args:
        names: All that are shared out.
        shard: Which one.
    """
    shards: list[list[str]] = [[] for _ in range(shard.of)]
    for unit in sorted(_units(names), key=lambda unit: (-len(unit), unit)):
        min(shards, key=len).extend(unit)
    return frozenset(shards[shard.number - 1])


def explaining(evidence: Evidence) -> frozenset[str]:
    """Return the modules outside of the part that its findings depend on, as is known beforehand.

    These are the packages around. What is said of a stub depends on those that it takes names
    from; of an extension, on the others and on those who import it.

    Args:
        evidence: What is known before the imports.
    """
    inside = evidence.looked_at
    found = {package for name in inside for package in packages_around(name)}
    files = {module.name: module.path for module in evidence.modules}
    stubbed = {name for name in files if has_stub(evidence.sources.installed(files[name]))}
    if not stubbed.isdisjoint(inside):
        found |= stubbed
    extensions = {name for name, path in files.items() if path.suffix in SUFFIXES}
    if not extensions.isdisjoint(inside):
        found |= extensions
        found |= {
            each.source.module for name in extensions for each in evidence.importers.get(name, ())
        }
    return frozenset(found & evidence.names - inside)


def explaining_failures(evidence: Evidence) -> frozenset[str]:
    """Return the modules outside of the part in which the reason of a failed import may lie.

    They are those on the stack of the exception, and what it says is missing, or lacks something.

    Args:
        evidence: With what was seen of the part.
    """
    found: set[str] = set()
    for name in evidence.looked_at:
        outcome = evidence.outcomes[name]
        if not outcome.loaded:
            places = (evidence.sources.innermost([frame]) for frame in outcome.frames)
            found.update(evidence.names_by_file.get(place[0], "") for place in places if place)
            found.update((outcome.source or "", outcome.missing or ""))
    return frozenset(found & evidence.names - evidence.outcomes.keys())


def _units(names: Iterable[str]) -> Iterator[list[str]]:
    """Yield modules that belong together, each package with what lies directly in it."""
    names = sorted(names)
    packages = {package for name in names for package in packages_around(name)}
    inside: Mapping[str, list[str]] = defaultdict(list)
    for name in names:
        inside[name if name in packages else name.rpartition(".")[0]].append(name)
    for group in inside.values():
        for start in range(0, len(group), LARGEST_UNIT):
            yield group[start : start + LARGEST_UNIT]
