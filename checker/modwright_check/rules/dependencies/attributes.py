"""Names of dependencies that the installed version does not have, used as attributes: MW205."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from modwright_check.index.evidence import Evidence
from modwright_check.index.for_a_version import is_for_a_version
from modwright_check.index.hosts import is_promised
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.index.older_hosts import is_for_older_hosts
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.python_versions import minor_of
from modwright_check.model.questions import HasAttributes
from modwright_check.model.report import Finding
from modwright_check.rules.dependencies.messages import lacking, refusal
from modwright_check.static.context import Role
from modwright_check.static.names import mentions
from modwright_check.static.source import Import, Source, Where
from modwright_check.static.stdlib_usage import Use, uses
from modwright_check.wheel.distributions import Distribution, names_of

# A string that is a name, and the attribute that an assignment sets.
_EXPECTED = re.compile(r"""["'](?=(\w+)["'])|\.(\w+)(?=\s*(?::[^=\n]+)?=(?!=))""")


@dataclass(frozen=True)
class _Used:
    """A use of a name of a dependency that nobody can see in its module."""

    module: str
    name: str
    use: Use
    source: Source


def questions(evidence: Evidence, origins: Origins) -> Iterator[HasAttributes]:
    """Yield whether modules of dependencies have what the project uses of them.

    Args:
        evidence: All that is known of the project.
        origins: Where modules come from.
    """
    yield from _Search(evidence, origins).questions.values()


def judge(evidence: Evidence, origins: Origins) -> Iterator[Finding]:
    """Yield where the project uses names that a dependency does not have, or refuses.

    At import such a use is the reason of a failure, or else it has not run. What a function uses
    of what the module itself imports, it misses at that import.

    Args:
        evidence: All that is known of the project.
        origins: Where modules come from.
    """
    search = _Search(evidence, origins)
    failing = _failing_lines(evidence)
    told: set[tuple[str, str, str]] = set()
    for used in search.used:
        in_function = used.use.context.where is Where.IN_FUNCTION
        taken = _taken_at_import(used) if in_function else None
        line = (taken or used.use).line
        fails = (used.source.file, line) in failing
        if fails if taken else not (fails or in_function):
            continue
        key = (used.source.module, used.module, used.name)
        answers = evidence.answers.to(search.questions[used.module]).answers
        said = refusal(used.name, answers)
        if said is None or key in told:
            continue
        told.add(key)
        bringing = origins.bringing(used.module)
        reason, hint = lacking(bringing[0], used.module, origins, said)
        when = ", when a function is called" if in_function and not taken else ""
        facts = set()
        if is_for_a_version(used.source.module, names_of(bringing), evidence):
            facts.add(Fact.PREPARED)
        if is_for_older_hosts(used.source.module, used.module, evidence):
            facts.add(Fact.OF_AN_OLDER_HOST)
        yield finding(
            "MW205",
            used.source.module,
            f"{_verb(used.source, line)} {used.module}.{used.name}, which {reason}{when}",
            hint,
            used.source.file,
            line,
            facts=facts,
        )


def _taken_at_import(used: _Used) -> Import | None:
    """Return the import at the top of the module by which a name is taken; None without one."""
    return next(
        (
            each
            for each in used.source.imports
            if each.module == used.module
            and used.name in each.names
            and each.where is Where.AT_IMPORT
            and each.always_runs
        ),
        None,
    )


def _failing_lines(evidence: Evidence) -> set[tuple[str, int]]:
    """Return the project's innermost lines in the imports that have failed."""
    places = (
        evidence.blamed(outcome)
        for outcome in evidence.outcomes.values()
        if not outcome.loaded and not outcome.missing
    )
    return {place for place in places if place}


def _verb(source: Source, line: int) -> str:
    there = source.at(line)
    return "imports" if there and isinstance(there[0], ast.ImportFrom) else "uses"


class _Search:
    """Finds the names of dependencies that are used and that their modules do not mention.

    A name that the project sets itself, or has in a string, is one that it is prepared for.
    """

    def __init__(self, evidence: Evidence, origins: Origins) -> None:
        self._evidence = evidence
        self._origins = origins
        self._minor = minor_of(evidence.environment.version)

    @cached_property
    def used(self) -> list[_Used]:
        """Return the uses in the order of the sources."""
        judged = self._evidence.judged.values()
        return [used for source in judged for used in self._used_by(source)]

    @cached_property
    def questions(self) -> dict[str, HasAttributes]:
        """Return one question for each module of a dependency, by its name."""
        names: dict[str, dict[str, None]] = defaultdict(dict)
        for used in self.used:
            names[used.module][used.name] = None
        return {module: HasAttributes(module, tuple(names[module])) for module in names}

    def _used_by(self, source: Source) -> Iterator[_Used]:
        wanted = {
            f"{module}:{name}": (module, name)
            for module, name in self._mentioned[source.module]
            if (module, name) in self._unseen and not _is_imported(f"{module}.{name}", source)
        }
        found = uses(source, wanted) if wanted else ()
        prepared = {use.key for use in found if use.context.may_lack_names or use.context.platforms}
        for use in found:
            is_here = self._minor in use.context.minors and not use.context.main
            if use.key not in prepared and is_here and not _is_conditional(use, source):
                yield _Used(*wanted[use.key], use, source)

    @cached_property
    def _mentioned(self) -> dict[str, list[tuple[str, str]]]:
        """Return by source the modules of others, with what is written like a name of theirs."""
        judged = self._evidence.judged.values()
        return {each.module: list(dict.fromkeys(self._mentioned_by(each))) for each in judged}

    def _mentioned_by(self, source: Source) -> Iterator[tuple[str, str]]:
        outcome = self._evidence.outcomes.get(source.module)
        for local, module, name in _imported(source):
            inner = f"{module}.{name}" if name else module
            if self._is_module(inner):
                dotted = re.findall(rf"(?<![\w.]){re.escape(local)}((?:\.\w+)+)", source.text)
                for path in dict.fromkeys(dotted):
                    yield from self._steps(inner, path.split(".")[1:])
            elif name and outcome and not outcome.loaded and self._is_module(module):
                yield module, name

    def _steps(self, module: str, names: list[str]) -> Iterator[tuple[str, str]]:
        for name in names:
            yield module, name
            module = f"{module}.{name}"
            if not self._is_module(module):
                break

    def _is_module(self, name: str) -> bool:
        is_installed = self._origins.of(name) is Origin.INSTALLED
        return is_installed and self._origins.installed.file(name) is not None

    @cached_property
    def _unseen(self) -> frozenset[tuple[str, str]]:
        """The names that nobody can see in the modules of which they are used."""
        mentioned = {each for those in self._mentioned.values() for each in those}
        suspects = {(module, name) for module, name in mentioned if self._is_absent(module, name)}
        return frozenset(suspects.difference(self._set_elsewhere(suspects)))

    def _is_absent(self, module: str, name: str) -> bool:
        file = self._origins.installed.file(module)
        return (
            not name.startswith("__")
            and file is not None
            and not mentions(file, name)
            and not self._origins.holds(f"{module}.{name}")
            and not is_promised(module, name, self._origins)
            and name not in self._expected
        )

    def _set_elsewhere(self, suspects: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """Yield the names that another module of the same dependency sets, as it runs."""
        by_dependency: dict[Distribution, list[tuple[str, str]]] = defaultdict(list)
        for suspect in suspects:
            for dependency in self._origins.bringing(suspect[0]):
                by_dependency[dependency].append(suspect)
        for dependency, those in by_dependency.items():
            written = {suspect: _written(*suspect) for suspect in those}
            for text in self._origins.texts(dependency):
                yield from (each for each in those if _is_set(written[each], text))

    @cached_property
    def _expected(self) -> frozenset[str]:
        """Return the names that the project has in a string, or sets as an attribute."""
        texts = (source.text for source in self._evidence.read.values())
        found = (name for text in texts for names in _EXPECTED.findall(text) for name in names)
        return frozenset(found)


def _written(module: str, name: str) -> str:
    """Return how another module writes a name of a module that it has imported."""
    return f"{module.rpartition('.')[2]}.{name}"


def _is_set(written: str, text: str) -> bool:
    """Return whether a text assigns to what is written so."""
    return written in text and bool(
        re.search(rf"\b{re.escape(written)}\s*(?::[^=\n]+)?=(?!=)", text)
    )


def _imported(source: Source) -> Iterator[tuple[str, str, str]]:
    """Yield what imports of others bind: the name here, the module, and the name in it."""
    for statement, _ in source.walk.statements if source.walk else ():
        match statement:
            case ast.Import(names):
                for alias in names:
                    top = alias.name.partition(".")[0]
                    yield alias.asname or top, alias.name if alias.asname else top, ""
            case ast.ImportFrom(str(module), names, 0):
                for alias in names:
                    yield alias.asname or alias.name, module, alias.name


def _is_imported(name: str, source: Source) -> bool:
    """Return whether a module imports this as a module: then the import is reported."""
    return any(f"{statement.module}.".startswith(f"{name}.") for statement in source.imports)


def _is_conditional(use: Use, source: Source) -> bool:
    """Return whether a condition decides about a use that the module has made, or a library.

    What only a function's own values decide runs for somebody.
    """
    bound = {binding.name for binding in source.bindings}
    bound |= {local for local, _, _ in _imported(source)}
    for context in use.context.chain():
        condition = context.condition
        if condition is None or condition.role is Role.DECORATOR:
            continue
        names = {node.id for node in ast.walk(condition.test) if isinstance(node, ast.Name)}
        if use.context.where is not Where.IN_FUNCTION or names & bound:
            return True
    return False
