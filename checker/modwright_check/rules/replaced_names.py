"""Names that are replaced without a word: by a submodule (MW317), by a star import (MW318)."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.python_versions import admitted_minors
from modwright_check.model.questions import HasAttributes
from modwright_check.model.report import Finding
from modwright_check.rules.replaced_by_stars import replaced_by_stars
from modwright_check.static.bindings import Binding
from modwright_check.static.lazy_candidates import names_of, names_read
from modwright_check.static.source import Import, Source, Where
from modwright_check.static.star_imports import Exports

_LAZY = 15  # the second number of the Python that brought lazy imports (PEP 810)
# What binds the name of a submodule to something that stands for it.
_STANDS_FOR_IT = re.compile(
    r"import_module|lazy|LazyLoader|sys\.modules|__getattr__", re.IGNORECASE
)
# What puts another object in the place of a module: what its package binds is most likely this.
_PUTS_ANOTHER = re.compile(r"^\s*(sys\.)?modules\[__name__\]\s*=(?!=)", re.MULTILINE)

_FROM_THEN_ON = f", from Python 3.{_LAZY} on, where the package's own import of it waits"


def questions(evidence: Evidence) -> Iterator[HasAttributes]:
    """Ask whether modules have an `__all__` that their sources do not show, as decorators make.

    Args:
        evidence: What is known of the project.
    """
    exports = Exports(evidence.read, evidence.standard)
    for source in evidence.read.values():
        for each in replaced_by_stars(source, exports, evidence):
            yield from each.questions(evidence)


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield names that are not what the line that binds them says."""
    exports = Exports(evidence.read, evidence.standard)
    requires = evidence.about.requires_python
    waits = not requires or _LAZY in admitted_minors(requires)
    at_import = _imported_at_import(evidence, waits=waits)
    at_once = _imported_at_import(evidence, waits=False) if waits else at_import
    for source in evidence.read.values():
        bound = [binding for binding in source.bindings if not binding.deleted]
        if source.is_package:
            yield from _replaced_by_submodules(source, bound, at_import, at_once, evidence)
        for each in replaced_by_stars(source, exports, evidence):
            if not each.is_refuted(evidence):
                yield each.told()


def _replaced_by_submodules(
    package: Source,
    bound: list[Binding],
    at_import: Mapping[str, list[tuple[int, str]]],
    at_once: Mapping[str, list[tuple[int, str]]],
    evidence: Evidence,
) -> Iterator[Finding]:
    """Yield names of a package that the import of a submodule of this name replaces.

    Importing `pkg.run` for the first time sets the attribute `run` of `pkg` (import system,
    "Submodules"). That is harmless when the package has imported it before it binds the name.
    """
    names = {each.name for each in evidence.modules}
    last = {binding.name: binding for binding in bound}
    for name, binding in last.items():
        submodule = f"{package.module}.{name}"
        if submodule not in names or _is_the_submodule(package, binding, submodule):
            continue
        if _is_a_proxy(evidence.read.get(binding.origin[0]), binding, submodule):
            continue
        own = evidence.read.get(submodule)
        if own and (_PUTS_ANOTHER.search(own.text) or _stands_in(own, package, binding, evidence)):
            continue
        if _is_done_with(package, binding, evidence):
            continue
        imported = _first_import(package, submodule, at_import)
        if imported is None or imported > binding.line:
            older = _first_import(package, submodule, at_once) or binding.line + 1
            since = _FROM_THEN_ON if imported is None and older <= binding.line else ""
            yield _replaced_by_submodule(
                package, binding, submodule, imported, evidence.read, since
            )


def _at_once(statement: Import, source: Source, *, waits: bool) -> bool:
    """Return whether an import runs when its module is imported.

    A lazy one does where the module reads what it binds while it is imported itself.
    """
    if statement.lazy and waits and statement.where is not Where.FOR_TYPES:
        return not names_of(statement, source).isdisjoint(names_read(source)[0])
    return statement.where is Where.AT_IMPORT


def _is_the_submodule(package: Source, binding: Binding, submodule: str) -> bool:
    """Return whether a name of a package is bound to the submodule, or to what stands for it.

    That names it, or is made of its name: `urls = "demo.urls"`, `run = Proxy("run")`.
    """
    names_it = binding.origin in {(submodule, None), (package.module, binding.name)}
    line = package.text.splitlines()[binding.line - 1].strip().removeprefix("lazy ")
    whole, last = re.escape(submodule), re.escape(binding.name)
    is_named = re.search(rf"[\"']{whole}[\"']|\(.*[\"'.]{last}[\"']", line)
    return (binding.imported and names_it) or bool(is_named or _STANDS_FOR_IT.search(line))


def _is_a_proxy(origin: Source | None, binding: Binding, submodule: str) -> bool:
    """Return whether the module that a name is imported from loads the submodule by its name."""
    if origin is None or not binding.imported:
        return False
    by_name = rf"import_module\(\s*[\"']{re.escape(submodule)}[\"']"
    return re.search(by_name, origin.text) is not None


def _stands_in(own: Source, package: Source, binding: Binding, evidence: Evidence) -> bool:
    """Return whether a submodule has all that its package takes from the module it replaces.

    So has one that has moved, and whose old place hands on what the new one has.
    """
    module, entry = binding.origin
    replaced = f"{module}.{entry}" if entry else module
    if not binding.imported or replaced not in evidence.read or package.tree is None:
        return False
    offered = binding.name in (package.exported or ())
    wanted = any(
        binding.name in each.statement.names
        for each in evidence.importers.get(package.module, ())
        if each.source is not own
    )
    nodes = list(ast.walk(package.tree))
    uses = [each for each in nodes if isinstance(each, ast.Name) and each.id == binding.name]
    taken = [each.attr for each in nodes if isinstance(each, ast.Attribute) and each.value in uses]
    if offered or wanted or not uses or len(taken) < len(uses):
        return False
    return all(re.search(rf"\b{re.escape(name)}\b", own.text) for name in taken)


def _is_done_with(package: Source, binding: Binding, evidence: Evidence) -> bool:
    """Return whether a package needs what it has imported from others only as it is imported.

    Nobody takes that from the package, where it only passes through.
    """
    taken = {"*", binding.name}
    at_import, later = names_read(package)
    return (
        binding.imported
        and not evidence.sources.answers_for(binding.origin[0].partition(".")[0])
        and binding.name not in (package.exported or ())
        and binding.name in at_import - later
        and not any(
            taken.intersection(each.statement.names)
            for each in evidence.importers.get(package.module, ())
        )
    )


def _imported_at_import(evidence: Evidence, *, waits: bool) -> dict[str, list[tuple[int, str]]]:
    """Return by module the modules of the project that it imports at once, with the lines.

    Args:
        evidence: All that is known of the project.
        waits: Whether to leave out what waits on some of the Pythons that are admitted (PEP 810).
    """
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    read = evidence.read
    for source in read.values():
        for statement in source.imports:
            if statement.main or not _at_once(statement, source, waits=waits):
                continue
            for name in (statement.module, *(f"{statement.module}.{n}" for n in statement.names)):
                parts = name.split(".")
                parents = (".".join(parts[:length]) for length in range(1, len(parts) + 1))
                found[source.module] += ((statement.line, each) for each in parents if each in read)
    return found


def _first_import(
    package: Source, submodule: str, at_import: Mapping[str, list[tuple[int, str]]]
) -> int | None:
    """Return the line of a package's __init__.py that first imports a submodule, by whatever way.

    None when importing the package does not import it.
    """
    seen = {package.module}
    for line, module in sorted(at_import.get(package.module, ())):
        waiting = [module]
        while waiting:
            each = waiting.pop()
            if each == submodule:
                return line
            if each not in seen:
                seen.add(each)
                waiting += (name for _, name in at_import.get(each, ()))
    return None


def _replaced_by_submodule(
    package: Source,
    binding: Binding,
    submodule: str,
    imported: int | None,
    read: Mapping[str, Source],
    since: str,
) -> Finding:
    if imported:
        when = f"line {imported} imports the submodule {submodule}, which overwrites it"
    else:
        when = f"the first `import {submodule}` overwrites it with the submodule"
        users = (
            f" ({source.file}, line {one.line})"
            for source in read.values()
            for one in source.imports
            if one.module == submodule
            and source is not package
            and one.where is not Where.FOR_TYPES
        )
        when += f"{since}{next(users, '')}"
    return finding(
        "MW317",
        package.module,
        f"defines {binding.name}, but {when}",
        f"Rename the name or the submodule: `from {package.module} import {binding.name}` depends "
        "on what was imported before.",
        package.file,
        binding.line,
    )
