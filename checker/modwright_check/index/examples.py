"""Modules that are for those who read them or work on the project, and that nothing uses."""

from collections import Counter
from collections.abc import Iterator, Set

from packaging.utils import canonicalize_name

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.index.programs import is_recommended
from modwright_check.index.reach import Reach
from modwright_check.model.module_names import is_called_beside, packages_around
from modwright_check.static.script import acts, is_for_python
from modwright_check.static.source import Source, Where
from modwright_check.wheel.entry_point_groups import entry_point_groups

_NAMES = {"example", "examples"}
_SHOWS = {"demo", "demos", "example", "examples", "sample", "samples", "tutorial", "tutorials"}
_FEWEST = 3  # modules in a package; of fewer, an example may be what the package is for
_OF_PROGRAMS = {"bin", "script", "scripts"}
# Folders at the top with what a project is built by and worked on with.
_OF_THE_WORKSHOP = {"build", "ci", "notebooks", "samples", "scripts", "setup", "tools"}


def examples(evidence: Evidence) -> frozenset[str]:
    """Return the modules that are called examples, lie among others, and that nothing imports.

    They are for those who read them. So is what has got into the wheel beside its own packages,
    a program among programs that nothing leads to, and one with a folder of its own.

    Args:
        evidence: All that is known of the project.
    """
    tops, loaded = evidence.index(strays), _loaded(evidence)
    found = frozenset(name for name in evidence.read if name.partition(".")[0] in tops)
    return found.union(
        _called_so(evidence, loaded),
        _hidden_programs(evidence, loaded),
        _run_in_their_folders(evidence, loaded),
    )


def strays(evidence: Evidence) -> frozenset[str]:
    """Return the packages at the top, beside another one, that are for the project's developers.

    That is documentation, examples, benchmarks, and what the project is built by. MW316 tells of
    them. A package of the project's own name is what it is about, and one that others import, or
    that an entry point names, is a part of it.

    Args:
        evidence: All that is known of the project.
    """
    own = canonicalize_name(evidence.about.name).replace("-", "_")
    tops = {name.partition(".")[0] for name in evidence.read}
    used = {
        name.partition(".")[0]
        for name, group in evidence.importers.items()
        if any(each.source.module.partition(".")[0] != name.partition(".")[0] for each in group)
    }
    used |= {name.partition(".")[0] for name in _loaded(evidence)}
    called = {top for top in tops - used - {own} if _is_for_few(top, {own, *tops} - {top})}
    return frozenset(called if called < tops else ())


def _is_for_few(top: str, others: set[str]) -> bool:
    """Return whether a name says what a package shows or is for: `tools`, `sample_shop`."""
    words = set(top.split("_"))
    shown = words - _SHOWS
    shows = shown != words and shown <= {word for name in others for word in name.split("_")}
    return is_called_beside(top) or top in _OF_THE_WORKSHOP or shows


def _loaded(evidence: Evidence) -> Set[str]:
    """Return the modules that entry points name."""
    return entry_point_groups(evidence.about.name, evidence.environment.site_packages).keys()


def _called_so(evidence: Evidence, loaded: Set[str]) -> Iterator[str]:
    beside = Counter(name.rpartition(".")[0] for name in evidence.substance)
    for name in evidence.read.keys() - evidence.importers.keys() - loaded:
        package, _, last = name.rpartition(".")
        if last.strip("_") in _NAMES and beside[package] >= _FEWEST:
            yield name


def _hidden_programs(evidence: Evidence, loaded: Set[str]) -> Iterator[str]:
    """Yield what lies among programs, and that neither code nor texts lead to.

    Who runs such a file knows it, and what it needs; nobody else meets it.
    """
    programs = {
        name: source
        for name, source in evidence.read.items()
        if name.count(".") > 1 and not source.is_package and _is_among_programs(source, evidence)
    }
    reach = evidence.index(Reach) if programs else None
    for name in programs.keys() - loaded:
        mentioned = reach is not None and reach.is_mentioned(name)
        if not mentioned and not is_recommended(name, programs[name], evidence):
            yield name


def _run_in_their_folders(evidence: Evidence, loaded: Set[str]) -> Iterator[str]:
    """Yield programs in a folder of a package that is none itself, and what they take from there.

    They import what lies beside them by its bare name, which works where they are run by their
    path: a project to start from, say. Nobody imports them by the names that they have here.
    """
    for name in evidence.read.keys() - evidence.importers.keys() - loaded:
        source = evidence.read[name]
        folder = name.rpartition(".")[0]
        is_inside = folder not in evidence.read and any(
            each in evidence.read for each in packages_around(folder)
        )
        if is_inside and _is_a_program(source):
            beside = {f"{folder}.{top}" for top in _missed_at_import(source, evidence)}
            if taken := beside & evidence.read.keys() - evidence.importers.keys():
                yield from (name, *taken)


def _is_a_program(source: Source) -> bool:
    has_guard = source.main_guard is not None
    return has_guard or (source.tree is not None and acts(source.tree))


def _missed_at_import(source: Source, evidence: Evidence) -> Iterator[str]:
    """Yield the top-level names that a module imports, and that nothing provides."""
    origins = evidence.index(Origins)
    for each in source.imports:
        if each.where is Where.AT_IMPORT and origins.of(each.top) is Origin.MISSING:
            yield each.top


def _is_among_programs(source: Source, evidence: Evidence) -> bool:
    """Return whether a folder is for programs, or is not a package and this file begins as one."""
    package = source.module.rpartition(".")[0]
    begins = package not in evidence.read and is_for_python(source.text)
    return begins or package.rpartition(".")[2] in _OF_PROGRAMS
