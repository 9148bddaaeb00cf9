"""Modules and names of one operating system that are used on all of them (MW706).

Silent when a test or a `try` stands around the use, when the module that uses them is for that
system itself (by its name, since the others import it under such a test only, or since it needs
before that what the others do not get), when the project requires for the other systems what brings
them there (`pyreadline3; sys_platform == "win32"`), when the others load it by its name, which they
list under such a test only, when the project says by its classifiers that it is for that system
alone, and when no other module brings in one that forks, that is named after what it uses, or whose
docstring names that system first. Information where an extra brings them to the other systems, and
where a module that is loaded on demand has a library loaded which is not the system's own.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from modwright_check.index.evidence import Evidence
from modwright_check.index.importers import Importer
from modwright_check.index.reach import Reach
from modwright_check.index.unmet_needs import UnmetNeeds
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.import_result import Failure, Outcome
from modwright_check.model.module_names import helps_to_test, is_of_tests
from modwright_check.model.report import Finding
from modwright_check.static.catching import leaves
from modwright_check.static.conditions import Asks, Conditions
from modwright_check.static.context import Context
from modwright_check.static.docstrings import docstring
from modwright_check.static.handlers import spans
from modwright_check.static.listed_texts import listed_texts
from modwright_check.static.loaded_libraries import has_a_library_loaded, libraries_found
from modwright_check.static.source import Source, Where
from modwright_check.static.standard_library import Availability, availabilities, availabilities_of
from modwright_check.static.stdlib_usage import Use, uses

_TOLD = 3  # names after the first
_ALL = frozenset({"windows", "linux", "macos"})
# The systems that a row of the table is for.
_HAVE = {
    "windows": frozenset({"windows"}),
    "posix": frozenset({"linux", "macos"}),
    "linux": frozenset({"linux"}),
    "macos": frozenset({"macos"}),
}
_SPOKEN = {"windows": "Windows", "posix": "POSIX systems", "linux": "Linux", "macos": "macOS"}
# What docstrings call them.
_CALLED = {"Windows": "windows", "POSIX": "posix", "Unix": "posix", "UNIX": "posix"}
_CALLED |= {"Linux": "linux", "macOS": "macos"}
# Trove classifiers "Operating System :: …", by their beginnings, the longest first.
_CLASSIFIERS = {
    "OS Independent": _ALL,
    "Microsoft": _HAVE["windows"],
    "MacOS": _HAVE["macos"],
    "POSIX :: Linux": _HAVE["linux"],
    "POSIX": _HAVE["posix"],
    "Unix": _HAVE["posix"],
}
# Modules for one system have its name in theirs; tests of one are skipped elsewhere.
# What a part of a module's name says of the system that it is for: `_winconsole`, `unix_events`.
_NAMED = {
    "windows": re.compile(
        r"_*(win(dows|32|64|api|console|reg|pty|dll)?|nt|iocp\w*|msvc\w*)(_|\d|$)"
    ),
    "macos": re.compile(r"_*(mac(os|osx)?|osx|darwin|cocoa|fsevents)(_|\d|$)"),
    "linux": re.compile(r"_*(linux|epoll|inotify\w*)(_|\d|$)"),
    "posix": re.compile(r"_*(posix|unix|kqueue|bsd|freebsd|openbsd|netbsd|sunos|aix)(_|\d|$)"),
}
_ENDS = {
    "windows": ("windows", "win32"),
    "macos": ("macos", "osx", "darwin"),
    "linux": ("linux",),
    "posix": ("posix", "unix"),
}
# Systems that are none of the three: what is for them fails on each of these.
_OTHERS = re.compile(r"(^|[._]|\b_\w*)(aix|sunos|solaris|(free|open|net)?bsd|hpux)(?=[._\d]|$)")
_OTHER_PREFIXES = ("aix", "sunos", "freebsd", "openbsd", "netbsd", "hp-ux")
# How a module fails on a system that it is not for.
_FAILURES = {"AssertionError", "AttributeError", "ImportError", "ModuleNotFoundError"}
_FAILURES |= {"NameError", "NotImplementedError", "OSError", "RuntimeError"}
# What loads libraries on Windows.
_LOADERS = {"ctypes.windll", "ctypes.oledll", "ctypes.WinDLL", "ctypes.OleDLL"}
_MISSING_NAME = re.compile(
    r"(?:cannot import name '(?P<name>\w+)' from '(?P<module>[\w.]+)'"
    r"|module '(?P<owner>[\w.]+)' has no attribute '(?P<attribute>\w+)')"
)


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield what a module uses at import that one of the project's systems does not have.

    An error when the project says that it is for such a system, or when it is Windows alone that
    has what is used; a warning when it does not say what it is for: many mean POSIX by that.
    """
    wanted = claimed_systems(evidence)
    elsewhere = _only_under_a_test(evidence.importers)
    unmet = evidence.index(UnmetNeeds)
    for source in evidence.read.values():
        if source.module in elsewhere or _system_of(source.module) or _is_for_tests(source.module):
            continue
        if rows := _mentioned(source, wanted or _ALL):
            later = {each.line for each in source.imports if each.waits(evidence.admitted)}
            used = (use for use in uses(source, rows, functions=False) if use.line not in later)
            asked = _is_asked_for(source.module, evidence.importers)
            named = _named_after(source.module, rows) if asked else frozenset()
            forgotten = (use for use in used if use.key.partition(":")[0] not in named)
            unguarded = filter(partial(_unguarded, found=libraries_found(source)), forgotten)
            for system, found in _by_system(unguarded, rows).items():
                lacking = (wanted or _ALL) - _HAVE[system]
                brought = unmet.met(found, lacking, _HAVE[system])
                group = {name: line for name, line in found.items() if name not in brought}
                if not group or unmet.stop(source, min(group.values()), lacking):
                    continue
                certain = wanted is not None or system == "windows"
                by_choice = asked and "." in source.module and not source.is_package
                if by_choice and _is_loaded_by_who_has_it(source, evidence, certain=certain):
                    continue
                if (by_choice or not certain) and _says_it_is_for(source, system):
                    continue
                facts = set() if certain else {Fact.UNCLAIMED}
                if group.keys() <= unmet.met_for_some(group, lacking, _HAVE[system]):
                    facts.add(Fact.FOR_SOME)
                if group.keys() <= _LOADERS and has_a_library_loaded(source):
                    facts.update((Fact.OF_THE_SYSTEM, *evidence.index(Reach).facts(source.module)))
                yield _finding(source, system, group, claims=wanted, facts=facts)


def _is_loaded_by_who_has_it(source: Source, evidence: Evidence, *, certain: bool) -> bool:
    """Return whether those who load a module by choice have the system that it is for.

    No guard makes a module that forks work elsewhere, and what is loaded by its name may be named
    under a test of the system alone.
    """
    forks = not certain and _forks(source)
    return forks or _is_named_under_a_test(source.module, evidence)


def _is_named_under_a_test(module: str, evidence: Evidence) -> bool:
    """Return whether a module is loaded by its name, which the others list under a test alone."""
    name = module.rpartition(".")[2]
    if not evidence.index(Reach).is_on_demand(module):
        return False
    tests = [
        is_tested
        for source in evidence.read.values()
        if name in source.text and source.module != module and not _is_for_tests(source.module)
        for text, is_tested in listed_texts(source)
        if text == name
    ]
    return bool(tests) and all(tests)


def _says_it_is_for(source: Source, system: str) -> bool:
    """Return whether the first line of a docstring names one system, which has what another has."""
    said = re.findall(r"\w+", docstring(source).partition("\n")[0])
    named = {_CALLED[word] for word in said if word in _CALLED}
    return len(named) == 1 and _HAVE[named.pop()] <= _HAVE.get(system, frozenset())


def _forks(source: Source) -> bool:
    """Return whether a module has processes fork, in whatever system it is called."""
    return any(
        not (use.context.platforms or use.context.may_lack_names)
        for use in uses(source, {"os:fork"})
    )


def expected_elsewhere(evidence: Evidence) -> frozenset[str]:
    """Return the modules whose import fails here because they are for another system.

    By their names (`pkg._win32`), because the others import them under a test only and they
    miss what this system does not have, or because they say so.
    """
    here = _here()
    under_a_test = _only_under_a_test(evidence.importers)
    return frozenset(
        name
        for name, outcome in evidence.outcomes.items()
        if (
            outcome.error in _FAILURES
            and (
                here not in _HAVE.get(_system_of(name) or "", _ALL)
                or (_OTHERS.search(name.lower()) and not sys.platform.startswith(_OTHER_PREFIXES))
                or (name in under_a_test and misses_another_system(outcome))
            )
        )
        or ("." in name and not outcome.loaded and _refuses_this_system(outcome, evidence))
    )


def _refuses_this_system(outcome: Outcome, evidence: Evidence) -> bool:
    """Return whether a module has failed where it asks for the system itself.

    So does `assert sys.platform == "win32"`, and a `raise` in an `if` that asks for it, of
    whatever exception.
    """
    place = evidence.at(outcome.frames)
    if place is None:
        return False
    source, line = place
    for node, _ in source.walk.statements if source.walk else ():
        match node:
            case ast.Assert(test) if node.lineno == line:
                return Asks.PLATFORM in Conditions().asks(test)
            case ast.If(test, body) if any(
                isinstance(each, ast.Raise) and spans(each, line) for each in body
            ):
                return Asks.PLATFORM in Conditions().asks(test)
    return False


def _here() -> str:
    return {"win32": "windows", "cygwin": "windows", "darwin": "macos"}.get(sys.platform, "linux")


def claimed_systems(evidence: Evidence) -> frozenset[str] | None:
    """Return the systems that a project says it is for; None when it does not say.

    Args:
        evidence: All that is known of the project.
    """
    wanted: set[str] = set()
    for classifier in evidence.about.classifiers or ():
        topic, _, system = classifier.partition(" :: ")
        if topic == "Operating System":
            begins = (each for each in _CLASSIFIERS if system.startswith(each))
            wanted |= _CLASSIFIERS.get(next(begins, ""), frozenset())
    return frozenset(wanted) or None


def _mentioned(source: Source, wanted: frozenset[str]) -> dict[str, Availability]:
    """Return what the text of a module mentions that one of these systems lacks.

    Few have to be looked at closely.
    """
    imported: set[str] = set()
    for statement in source.imports:
        if statement.where is Where.AT_IMPORT:
            imported |= {statement.module, statement.module.partition(".")[0]}
            imported |= {f"{statement.module}.{name}" for name in statement.names}
    return {
        key: available
        for module in imported
        for key, available in availabilities_of(module).items()
        if available.system and not wanted <= _HAVE[available.system]
        if key.rpartition(":")[2].partition("(")[0].rpartition(".")[2] in source.text
    }


def _unguarded(use: Use, found: frozenset[str]) -> bool:
    context = use.context
    prepared = context.platforms or context.may_lack_names or _fails_in_any_case(context)
    return context.at_import and not prepared and not _has_found_one_of(found, context)


def _has_found_one_of(libraries: frozenset[str], context: Context) -> bool:
    """Return whether something runs only if the system has a library, which others do not.

    Args:
        libraries: The names that stand for where it lies.
        context: Of what runs.
    """
    conditions = (each.condition for each in context.chain() if each.condition)
    return bool(libraries) and any(
        _is_there(each.test, libraries, holds=each.holds) for each in conditions
    )


def _is_there(test: ast.expr, libraries: frozenset[str], *, holds: bool | None) -> bool:
    """Return whether a test that holds, or does not, shows that a library was found."""
    match test:
        case ast.UnaryOp(ast.Not(), inner):
            return holds is not None and _is_there(inner, libraries, holds=not holds)
        case ast.Compare(ast.Name(name), [ast.Is()], [ast.Constant(None)]):
            return holds is False and name in libraries
    names = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
    return holds is True and not names.isdisjoint(libraries)


def _fails_in_any_case(context: Context) -> bool:
    """Return whether a handler, once it runs, ends with an exception."""
    handlers = (each.node for each in context.chain() if isinstance(each.node, ast.ExceptHandler))
    return any(leaves(each.body) for each in handlers)


def _is_asked_for(module: str, imported: Mapping[str, Sequence[Importer]]) -> bool:
    """Return whether no other module brings one in: it is there for those who ask for it."""
    return all(
        each.statement.where is not Where.AT_IMPORT
        or each.statement.guarded
        or each.statement.platforms
        or _is_for_tests(each.source.module)
        for each in imported.get(module, ())
    )


def _named_after(module: str, rows: Mapping[str, Availability]) -> frozenset[str]:
    """Return the modules of a system whose names a module inside a package bears."""
    package, _, name = module.rpartition(".")
    words = name.split("_") if package else []
    return frozenset(word for word in words if word in rows)


def _by_system(found: Iterable[Use], rows: Mapping[str, Availability]) -> dict[str, dict[str, int]]:
    """Return by system what only it has, with the line of its first use."""
    systems: dict[str, dict[str, int]] = defaultdict(dict)
    for use in found:
        name = use.key.replace(":", ".").removeprefix("builtins.")
        systems[rows[use.key].system or ""].setdefault(name, use.line)
    return systems


def _finding(
    source: Source,
    system: str,
    names: dict[str, int],
    *,
    claims: frozenset[str] | None,
    facts: Iterable[Fact],
) -> Finding:
    """Return one finding for all that a module uses of a system, at the first use."""
    (name, line), *others = names.items()
    declare = "declare the supported systems with `Operating System :: …` classifiers"
    if claims:
        declare = "take back the `Operating System :: …` classifier for what does not have it"
    more = f" (and {', '.join(each for each, _ in others[:_TOLD])})" if others else ""
    return finding(
        "MW706",
        source.module,
        f"uses {name}{more} at import, which only {_SPOKEN[system]} {_has(system)}",
        f"Guard it with a test of `sys.platform`, or {declare}.",
        source.file,
        line,
        facts=facts,
    )


def _has(system: str) -> str:
    return "have" if system == "posix" else "has"


def _only_under_a_test(imported: Mapping[str, Sequence[Importer]]) -> frozenset[str]:
    """Return the modules that the others import under a test, in a `try` or in functions only.

    What lies in a package does not bring it: who imports that has the package by then.
    """
    found: frozenset[str] = frozenset()
    imported = {name: _from_outside(name, group) for name, group in imported.items()}
    while True:  # what only such modules import is imported under a test as well
        more = frozenset(
            name
            for name, group in imported.items()
            if group
            and all(
                each.statement.platforms
                or each.statement.guarded
                or each.statement.where is Where.IN_FUNCTION
                or each.source.module in found
                or _system_of(each.source.module)
                for each in group
            )
        )
        if more <= found:
            return found
        found |= more


def _from_outside(module: str, group: Sequence[Importer]) -> list[Importer]:
    return [each for each in group if not each.source.module.startswith(f"{module}.")]


def _system_of(module: str) -> str | None:
    """Return the system that a module is for, judging by its name."""
    for part in module.lower().split("."):
        for system, pattern in _NAMED.items():
            if pattern.match(part) or pattern.match(part.rpartition("_")[2]) or _ends(part, system):
                return system
    return None


def _ends(part: str, system: str) -> bool:
    """Return whether a name ends with one that cannot be chance: `_pswindows`, `_psaix`."""
    return part.startswith("_") and part.endswith(_ENDS[system])


def _is_for_tests(module: str) -> bool:
    return is_of_tests(module) or helps_to_test(module)


def misses_another_system(failure: Outcome | Failure) -> bool:
    """Return whether an import has failed for want of what only another system has.

    Args:
        failure: How it has failed.
    """
    key = failure.missing or ""
    if said := _MISSING_NAME.search(failure.message):
        module, name = said["module"] or said["owner"], said["name"] or said["attribute"]
        key = f"{module}:{name}"
    available = availabilities().get(key)
    return bool(available and available.system and _here() not in _HAVE[available.system])
