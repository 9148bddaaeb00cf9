"""Names that a star import replaces without a word (MW318)."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.questions import AreTheSame, Experiment, HasAttributes
from modwright_check.model.report import Finding
from modwright_check.static.bindings import Binding, DefinedAt
from modwright_check.static.lazy_candidates import first_reads
from modwright_check.static.source import Source
from modwright_check.static.star_imports import Exports

_NAME_THEM = (
    "Import names explicitly, or remove the name from the `__all__` of the imported module."
)


def questions(evidence: Evidence) -> Iterator[Experiment]:
    """Ask what the project's sources do not show.

    That is whether modules have an `__all__`, as decorators make it, and whether two names that
    are not the project's, or of which one is taken from something else, stand for one object.

    Args:
        evidence: What is known of the project.
    """
    for each in _replaced(evidence):
        yield from each.doubts.values()
        yield from each.questions(evidence)


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield names that are not what the line that binds them says."""
    for found in _replaced(evidence):
        each = found.of_others(evidence)
        if each.names and not each.is_refuted(evidence):
            yield each.told()


@dataclass(frozen=True)
class _Replaced:
    """What a star import replaces.

    Args:
        source: The module that it stands in.
        star: The star import.
        names: What is replaced, with what has bound it.
        modules: That define it, and the module of the star.
        facts: What makes it weigh less.
        doubts: For names that come from outside of the project by another way: whether the star
            brings the same object.
    """

    source: Source
    star: Binding
    names: Sequence[Binding]
    modules: frozenset[str]
    facts: frozenset[Fact]
    doubts: Mapping[Binding, AreTheSame]

    def of_others(self, evidence: Evidence) -> "_Replaced":
        """Return the same without what is replaced by itself."""
        same = {
            name
            for name, question in self.doubts.items()
            if ("same", True) in evidence.answers.to(question).answers
        }
        return replace(self, names=[name for name in self.names if name not in same])

    def questions(self, evidence: Evidence) -> Iterator[HasAttributes]:
        """Yield what is to be asked before this is told: what stars bring is in `__all__`."""
        for module in sorted(self.modules):
            read = evidence.read.get(module)
            if not self.facts and read and read.exported is None:
                yield HasAttributes(module, ("__all__",))

    def is_refuted(self, evidence: Evidence) -> bool:
        """Return whether a module that it is about has an `__all__` that its source hides."""
        trials = map(evidence.answers.to, self.questions(evidence))
        return any(said == "resolves" for trial in trials for said, *_ in trial.answers)

    def told(self) -> Finding:
        """Return the finding."""
        first, *others = self.names
        more = f" (and {len(others)} more)" if others else ""
        return finding(
            "MW318",
            self.source.module,
            f"silently replaces {first.name}{more} of line {first.line} by "
            f"`from {self.star.origin[0]} import *`",
            _NAME_THEM,
            self.source.file,
            self.star.line,
            facts=self.facts,
        )


def _replaced(evidence: Evidence) -> Iterator[_Replaced]:
    """Yield what star imports replace in all modules."""
    exports = Exports(evidence.read, evidence.standard)
    for source in evidence.read.values():
        for star, names in _replacing(source, exports):
            yield _weighed(source, star, names, exports, evidence)


def _replacing(
    source: Source, exports: Exports
) -> Iterator[tuple[Binding, dict[Binding, DefinedAt]]]:
    """Yield the star imports that replace what an earlier line has bound, with where it is from.

    That is a name of another star import, or one that the module defines or imports itself; not
    when both are the same object, when another star import has brought the module of which this one
    takes what it holds, or when the module binds the name anew and reads it in no line before. A
    definition after the star import replaces the other way round: that is how settings are
    overridden, and a reader sees it.
    """
    bound = [binding for binding in source.bindings if not binding.deleted]
    if not any(binding.name == "*" for binding in bound):
        return
    before: dict[str, Binding] = {}
    leaked: set[str] = set()
    last = {each.name: (place, each.line) for place, each in enumerate(bound) if each.certain}
    reads = first_reads(source)
    stars = {each.line for each in bound if each.name == "*"}
    for place, binding in enumerate(bound):
        if binding.name != "*":
            before[binding.name] = binding
            leaked.discard(binding.name)
            continue
        star = binding.origin[0]
        replaced: dict[Binding, DefinedAt] = {}
        for name, origin in exports.public(star).items():
            old = before.get(name)
            leaks = exports.leaks(star, name)
            if origin == (source.module, name) or (leaks and name in leaked):
                continue  # taken from here, or wanted by nobody
            counts = old and old.certain and binding.certain and _differ(old, origin, exports)
            if old and old.line in stars and exports.origin(old.origin) == (star, None):
                counts = False  # nobody has named the module, and here is what it holds
            anew, line = last.get(name, (-1, 0))
            if old and counts and not (anew > place and reads.get(name, line + 1) > line):
                replaced[old] = origin
            before[name] = Binding(name, binding.line, origin, True, binding.certain)
            leaked |= {name} if leaks else set()
        if replaced:
            yield binding, replaced


def _weighed(
    source: Source,
    star: Binding,
    replaced: Mapping[Binding, DefinedAt],
    exports: Exports,
    evidence: Evidence,
) -> _Replaced:
    """Return what a star import replaces, first of all those names that somebody misses."""
    names = sorted(replaced, key=lambda old: old.name)
    missed = [
        old
        for old in names
        if not _holds_nothing(old, source)
        if not _leaks(old, source, exports, evidence)
        if not _are_told_apart(old, exports.origin(replaced[old]), exports, evidence)
    ]
    definers = {exports.origin(old.origin)[0] for old in missed if old.imported}
    doubts = {
        old: _doubt(old, origin, exports, evidence) or _doubt_of_an_alias(old, star, evidence)
        for old, origin in replaced.items()
    }
    return _Replaced(
        source,
        star,
        missed or names,
        frozenset({star.origin[0], *definers}),
        frozenset() if missed else frozenset({Fact.UNASKED}),
        {old: doubt for old, doubt in doubts.items() if doubt},
    )


def _leaks(old: Binding, source: Source, exports: Exports, evidence: Evidence) -> bool:
    """Return whether a name is for the use of the module that defines it, and nobody's here.

    A constant, or a demonstration, gets into a star import because no `__all__` says otherwise. A
    logger is for the module that makes it. What a module with code of its own takes by a star is
    for that code.
    """
    if old.name in (source.exported or ()) or _uses(source, old.name):
        return False
    importers = evidence.importers.get(source.module, ())
    if any(old.name in each.statement.names for each in importers):
        return False
    defined = evidence.read.get(exports.origin(old.origin)[0]) if old.imported else source
    if defined and _is_a_logger(defined, old.name):
        return True
    uses_it = defined is not None and _uses(defined, old.name)
    return old.imported and (_has_code(source) or uses_it)


def _is_a_logger(source: Source, name: str) -> bool:
    lines = (each.line for each in source.bindings if each.name == name and not each.imported)
    return any("getLogger(" in source.line(line) for line in lines)


def _has_code(source: Source) -> bool:
    """Return whether a module defines functions or classes, other than a package for its users."""
    defining = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    body = source.tree.body if source.tree and not source.is_package else ()
    return any(isinstance(node, defining) for node in body)


def _holds_nothing(old: Binding, source: Source) -> bool:
    """Return whether a name was but announced, as None, for the star import to give it a value."""
    match None if old.imported else source.at(old.line):
        case (ast.Assign(value=ast.Constant(None)) | ast.AnnAssign(value=ast.Constant(None)), _):
            return True
    return False


def _are_told_apart(old: Binding, origin: DefinedAt, exports: Exports, evidence: Evidence) -> bool:
    """Return whether a module of the project has both, each from where it is defined.

    It calls one of them otherwise, so the project knows of both, and takes neither from here.
    """
    before = exports.origin(old.origin) if old.imported else (None, None)
    if before[0] == origin[0]:
        return False  # a module, and what it holds: one import of the other names both
    users = [
        {
            each.source.module
            for each in evidence.importers.get(module or "", ())
            if old.name in each.statement.names
        }
        for module, _ in (before, origin)
    ]
    return bool(set.intersection(*users))


def _uses(source: Source, name: str) -> bool:
    nodes = ast.walk(source.tree) if source.tree and name in source.text else ()
    return any(
        isinstance(each, ast.Name) and each.id == name and isinstance(each.ctx, ast.Load)
        for each in nodes
    )


def _differ(old: Binding, origin: DefinedAt, exports: Exports) -> bool:
    """Return whether a name of a star import is another object than what was bound before."""
    before = exports.origin(old.origin) if old.imported else old.origin
    return before != exports.origin(origin)


def _doubt(
    old: Binding, origin: DefinedAt, exports: Exports, evidence: Evidence
) -> AreTheSame | None:
    """Return what is to be asked of two names of which the project has neither.

    A library mostly offers what its inner modules define: `json.JSONDecoder` is of `json.decoder`.
    """
    (first, name), (second, other) = exports.origin(old.origin), exports.origin(origin)
    if first in evidence.read or second in evidence.read or not (old.imported and name and other):
        return None
    return AreTheSame((first, name), (second, other))


def _doubt_of_an_alias(old: Binding, star: Binding, evidence: Evidence) -> AreTheSame | None:
    """Return what is to be asked of a name which a module of the project gives to what has one.

    `prices = stock.prices` is another binding than that of `stock`, and the same object.
    """
    (module, name), star_module = old.origin, star.origin[0]
    if name is None:
        return None
    first, second = (module, name), (star_module, old.name)
    is_one = _is_an_alias(*first, evidence) or _is_an_alias(*second, evidence)
    return AreTheSame(first, second) if is_one else None


def _is_an_alias(module: str, name: str, evidence: Evidence) -> bool:
    """Return whether a module binds a name to what it takes from something else."""
    source = evidence.read.get(module)
    lines = [each.line for each in source.bindings if each.name == name] if source else []
    return any(
        isinstance(found[0], ast.Assign) and isinstance(found[0].value, ast.Attribute)
        for found in (source.at(line) for line in lines if source)
        if found
    )
