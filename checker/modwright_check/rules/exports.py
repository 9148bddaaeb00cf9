"""MW601 and MW602: exports that a module lists but does not have."""

import ast
import builtins
import re
from collections.abc import Iterable, Iterator

from modwright_check.index.applications import of_an_application
from modwright_check.index.bound_elsewhere import is_bound_elsewhere
from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.index.optional_names import behind
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.import_result import Failure, Outcome, Unresolved
from modwright_check.model.report import Finding
from modwright_check.rules.dependencies.messages import missing
from modwright_check.rules.platforms import misses_another_system
from modwright_check.wheel.extension_names import SUFFIXES
from modwright_check.wheel.modules import Module

_TOLD = 3  # names after the first
_MISSED = re.compile(r"No module named '([\w.]+)'")
_REFUSALS = {"ImportError", "ModuleNotFoundError"}


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield each export that cannot be accessed.

    A lazy export that needs an extra which is not installed is on purpose, and so is one of
    another system's standard library.
    """
    origins = evidence.index(Origins)
    for module in evidence.modules:
        outcome = evidence.outcomes.get(module.name)
        unresolved = outcome.unresolved if outcome else ()
        missed = [
            export
            for export in unresolved
            if not _needs_an_extra(export, evidence, origins)
            and not _is_refused(module, export, evidence)
            and not _is_a_submodule_that_fails(module, export, evidence)
            and not _goes_with_a_module_that_fails(module, export, evidence)
            and not (export.how == "lazy" and misses_another_system(export.failure))
        ]
        lazily = {export.entry for export in missed if export.how == "lazy"}
        of_all = [each for each in missed if each.how == "__all__" and each.entry not in lazily]
        if of_all and _lists_letters(module, evidence):
            yield _no_list(module, of_all[0], evidence)
        elif of_all:
            yield _not_there(module, of_all, evidence)
        if objects := [export for export in missed if export.how == "object"]:
            yield _no_names(module, objects, evidence)
        if replaced := [export for export in missed if export.how == "replaced"]:
            yield _not_again(module, replaced, evidence)
        yield from _not_lazy(module, (each for each in missed if each.how == "lazy"), evidence)
        for export in missed:
            if export.how == "list":
                yield _no_list(module, export, evidence)
            elif export.how == "unknown" and export.failure.error:
                yield _unknown(module, export, evidence)


def _not_there(module: Module, missed: list[Unresolved], evidence: Evidence) -> Finding:
    """Return one finding for all that is missing: the first one of them breaks the star import."""
    said = _said(missed[0], evidence)
    message = f"lists {_entries(missed)} in `__all__`, but accessing it {said}"
    hint = "Define the name, or remove it from `__all__`: `from module import *` fails."
    facts = set[Fact]()
    if _is_compiled_for_the_project(module, evidence):
        facts.add(Fact.UNASKED)
    if all(is_bound_elsewhere(module.name, each.entry, evidence) for each in missed):
        facts.add(Fact.BOUND_ELSEWHERE)
    return _at_all(module, message, hint, evidence, facts)


def _is_compiled_for_the_project(module: Module, evidence: Evidence) -> bool:
    """Return whether no module of the project takes all that an extension exports.

    What its `__all__` lists beside that may be there for its own functions alone, which are not
    Python's.
    """
    taken = (each.statement.names for each in evidence.importers.get(module.name, ()))
    return module.path.suffix in SUFFIXES and all("*" not in names for names in taken)


def _lists_letters(module: Module, evidence: Evidence) -> bool:
    """Return whether a module's `__all__` is a text, of which `import *` takes each letter."""
    source = evidence.read.get(module.name)
    for node in source.tree.body if source and source.tree else ():
        match node:
            case ast.Assign([ast.Name("__all__")], ast.Constant(str())):
                return True
    return False


def _no_names(module: Module, objects: list[Unresolved], evidence: Evidence) -> Finding:
    message = f"lists {_entries(objects)} in `__all__` as what it is, and not by its name"
    hint = f'Write names, such as "{objects[0].entry}": `from module import *` takes only strings.'
    return _at_all(module, message, hint, evidence)


def _entries(exports: list[Unresolved]) -> str:
    first, *others = (each.entry for each in exports)
    more = f" (and {', '.join(others[:_TOLD])})" if others else ""
    if left := len(others[_TOLD:]):
        more = f"{more[:-1]} and {left} more)"
    return f"{first}{more}"


def _no_list(module: Module, export: Unresolved, evidence: Evidence) -> Finding:
    message = f"has an `__all__` that is not a list of names: `import *` {_said(export, evidence)}"
    return _at_all(module, message, "Make it a list or a tuple of strings.", evidence)


def _at_all(
    module: Module, message: str, hint: str, evidence: Evidence, facts: Iterable[Fact] = ()
) -> Finding:
    place = evidence.sources.in_project(module.path), _line_of("__all__", module, evidence)
    return finding("MW601", module.name, message, hint, *place, facts=facts)


def _not_lazy(
    module: Module, exports: Iterable[Unresolved], evidence: Evidence
) -> Iterator[Finding]:
    """Yield one finding for those that fail alike at the same line."""
    alike: dict[Failure, list[Unresolved]] = {}
    for export in exports:
        alike.setdefault(_without_its_name(export), []).append(export)
    for same in alike.values():
        failure = same[0].failure
        place = evidence.sources.innermost(failure.frames) or _at_getattr(module, evidence)
        facts = {Fact.REFUSED} if _says_so_itself(failure, evidence) else set[Fact]()
        if failure.asks_the_network:
            facts.add(Fact.OFFLINE)
        yield finding(
            "MW602",
            module.name,
            f"has a lazy export, {_entries(same)}, that {_said(same[0], evidence)}",
            _remedy(failure, evidence),
            *place,
            facts=facts,
        )


def _remedy(failure: Failure, evidence: Evidence) -> str:
    """Return what helps: to declare what is missing, or else to correct the export."""
    missed = _MISSED.fullmatch(failure.message)
    origins = evidence.index(Origins)
    if missed and origins.of(missed[1]) is Origin.MISSING:
        return missing(missed[1], origins).hint
    return "Fix the target of the lazy export: accessing the name raises this error."


def _without_its_name(export: Unresolved) -> Failure:
    """Return how an export fails, but for its own name, which many a message quotes."""
    name = rf"(?<!\w){re.escape(export.entry)}(?!\w)"
    return export.failure._replace(message=re.sub(name, "", export.failure.message))


def _says_so_itself(failure: Failure, evidence: Evidence) -> bool:
    """Return whether the project raises an exception of its own, or an ImportError.

    So it does for want of a library. Others are raised for what went wrong.
    """
    own = failure.error in _REFUSALS or not hasattr(builtins, failure.error or "__name__")
    return own and evidence.raised_in(failure.frames) is not None


def _not_again(module: Module, replaced: list[Unresolved], evidence: Evidence) -> Finding:
    """Return one finding for all, since one `__getattr__` brings them."""
    facts = set[Fact]()
    if module.name in evidence.index(of_an_application):
        facts.add(Fact.PROGRAM)
    if not _are_asked_for(module.name, {each.entry for each in replaced}, evidence):
        facts.add(Fact.UNASKED)
    return finding(
        "MW602",
        module.name,
        f"has a lazy export, {_entries(replaced)}, that its first use overwrites with "
        f"{replaced[0].failure.message}",
        f"Rename the submodule or the export, or store it: `globals()[{replaced[0].entry!r}] = …`.",
        *_at_getattr(module, evidence),
        facts=facts,
    )


def _are_asked_for(package: str, names: set[str], evidence: Evidence) -> bool:
    """Return whether a module of the project takes such names from a package, or may do so."""
    imports = (each.statement for each in evidence.importers.get(package, ()))
    return any(
        each.module != package or not each.names or not {*names, "*"}.isdisjoint(each.names)
        for each in imports
    )


def _unknown(module: Module, export: Unresolved, evidence: Evidence) -> Finding:
    failure = export.failure
    if failure.error == "RecursionError":
        what, why = "calls itself", "`getattr` on the module calls it again"
    else:
        what, why = f"raises {failure.error}", "`hasattr` and `getattr` with a default expect it"
    file, line = _at_getattr(module, evidence)
    own = evidence.sources.innermost(failure.frames)
    place = (file, line) if line or own is None else own  # it may be one of the module's class
    facts = {Fact.OF_UNKNOWN_NAMES}
    if _is_a_notice(module, evidence):
        facts.add(Fact.ANNOUNCED)
    if _is_of_something_else(export, evidence):
        facts.add(Fact.REFUSED)
    return finding(
        "MW602",
        module.name,
        f"has a `__getattr__` that {what} for unknown names: `hasattr` raises {failure.error}",
        f"End it with `raise AttributeError(name)`; {why}.",
        *place,
        facts=facts,
    )


def _is_of_something_else(export: Unresolved, evidence: Evidence) -> bool:
    """Return whether a `__getattr__` wants a library before it looks, or what it calls refuses.

    Of a name that it does not find, it would speak.
    """
    failure = export.failure
    if export.entry in failure.message:
        return False
    if failure.missing and not evidence.sources.answers_for(failure.missing):
        return True
    own = [frame for frame in failure.frames if evidence.at([frame])]
    return len(own) > 1 and _says_so_itself(failure, evidence)


def _is_a_notice(module: Module, evidence: Evidence) -> bool:
    """Return whether a module does nothing but to tell, whatever it is asked for, why not to."""
    own = evidence.read.get(module.name)
    match _statements(own.tree) if own and own.tree else []:
        case [ast.FunctionDef("__getattr__") as asked]:
            match _statements(asked):
                case [ast.Raise(ast.Call(_, [ast.Constant() | ast.JoinedStr(), *_]))]:
                    return True
    return False


def _statements(node: ast.Module | ast.FunctionDef) -> list[ast.stmt]:
    """Return what a module or a function consists of, its docstring left aside."""
    return node.body[ast.get_docstring(node, clean=False) is not None :]


def _at_getattr(module: Module, evidence: Evidence) -> tuple[str, int | None]:
    path = evidence.sources.in_project(module.path)
    return path, _line_of("__getattr__", module, evidence)


def _said(export: Unresolved, evidence: Evidence) -> str:
    error, message = export.failure.error, evidence.sources.shortened(export.failure.message)
    return f"raises {error}: {message}".rstrip(": ") if error else message


def _is_refused(module: Module, export: Unresolved, evidence: Evidence) -> bool:
    """Return whether a module raises the AttributeError itself, as for names that it has given up.

    The tables that its `__getattr__` looks into may hold these too, with what to say of each.
    """
    failure = export.failure
    own = evidence.read.get(module.name)
    promised = export.how == "__all__" or export.entry in ((own and own.exported) or ())
    if promised or failure.error != "AttributeError":
        return False
    return evidence.raised_in(failure.frames) is not None


def _is_a_submodule_that_fails(module: Module, export: Unresolved, evidence: Evidence) -> bool:
    """Return whether an export is a submodule, which is told of as that.

    A lazy one is if it fails as the import of the submodule does, and not by how it is made.
    """
    outcome = evidence.outcomes.get(f"{module.name}.{export.entry}")
    if outcome is None or outcome.loaded:
        return False
    alike = (outcome.error, outcome.message) == (export.failure.error, export.failure.message)
    return export.how == "__all__" or (export.how == "lazy" and alike)


def _goes_with_a_module_that_fails(module: Module, export: Unresolved, evidence: Evidence) -> bool:
    """Return whether a name is bound only if another module of the project imports.

    A handler answers that it does not, where a library of the system is missing, say. The other
    module is told of; what misses a distribution is another matter.
    """
    source = evidence.read.get(module.name)
    if export.how != "__all__" or source is None:
        return False
    missed = {
        name
        for statement in source.imports
        if statement.guarded and _fails_by_itself(evidence.outcomes.get(statement.module))
        for name in statement.names
    }
    bindings = [each for each in source.bindings if each.name == export.entry]
    return bool(missed and bindings) and all(
        any(
            context.condition and missed & _names(context.condition.test)
            for context in (each.context.chain() if each.context else ())
        )
        for each in bindings
    )


def _names(condition: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(condition) if isinstance(node, ast.Name)}


def _fails_by_itself(outcome: Outcome | None) -> bool:
    return outcome is not None and not outcome.loaded and not outcome.missing


def _line_of(name: str, module: Module, evidence: Evidence) -> int | None:
    source = evidence.read.get(module.name)
    return dict(source.definitions).get(name) if source else None


def _needs_an_extra(export: Unresolved, evidence: Evidence, origins: Origins) -> bool:
    """Return whether an export needs a distribution that an extra installs."""
    optional = behind(export.failure, evidence, origins)
    missing = export.failure.missing or (optional.module if optional else "")
    top = missing.partition(".")[0]
    if not top or top in evidence.standard or evidence.sources.answers_for(top):
        return False
    return origins.is_for_some(missing)
