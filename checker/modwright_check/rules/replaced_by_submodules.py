"""Names of a package that the import of a submodule of this name replaces (MW317)."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origins
from modwright_check.model.codes import finding
from modwright_check.model.report import Finding
from modwright_check.static.bindings import Binding
from modwright_check.static.lazy_candidates import names_of, names_read
from modwright_check.static.reading import read_code
from modwright_check.static.source import Import, Source, Where

_LAZY = 15  # the second number of the Python that brought lazy imports (PEP 810)
# What binds the name of a submodule to something that stands for it.
_STANDS_FOR_IT = re.compile(
    r"import_module|lazy|LazyLoader|sys\.modules|__getattr__", re.IGNORECASE
)
# What puts another object in the place of a module: what its package binds is most likely this.
_PUTS_ANOTHER = re.compile(r"^\s*(sys\.)?modules\[__name__\]\s*=(?!=)", re.MULTILINE)

# What a module has, and how another one sets the same.
_ATTRIBUTES = re.compile(r"\bvars\(|\.__dict__\b")
_SETS = re.compile(r"\bsetattr\(|\.update\(")

_FROM_THEN_ON = f", from Python 3.{_LAZY} on, where the package's own import of it waits"

# By module: the modules of the project that it imports at once, with the lines.
_Imported = Mapping[str, list[tuple[int, str]]]


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield names of packages that are not what the line that binds them says."""
    newest, older = _imported_at_import(evidence)
    for source in evidence.read.values():
        if source.is_package:
            yield from _replaced(source, newest, older, evidence)


def _replaced(
    package: Source, newest: _Imported, older: _Imported, evidence: Evidence
) -> Iterator[Finding]:
    """Yield names of a package that the import of a submodule of this name replaces.

    Importing `pkg.run` for the first time sets the attribute `run` of `pkg` (import system,
    "Submodules"). That is harmless when the package has imported it before it binds the name.
    """
    last = {binding.name: binding for binding in package.bindings if not binding.deleted}
    for name, binding in last.items():
        submodule = f"{package.module}.{name}"
        if submodule not in evidence.names or _is_the_submodule(package, binding, submodule):
            continue
        if _is_a_proxy(evidence.read.get(binding.origin[0]), binding, submodule):
            continue
        own = evidence.read.get(submodule)
        if own and (_PUTS_ANOTHER.search(own.text) or _stands_in(own, package, binding, evidence)):
            continue
        if _is_done_with(package, binding, evidence):
            continue
        imported = _first_import(package, submodule, newest)
        if imported is None or imported > binding.line:
            before = _first_import(package, submodule, older) or binding.line + 1
            since = _FROM_THEN_ON if imported is None and before <= binding.line else ""
            if imported is None and not since and _is_seen_to_load(package, submodule, evidence):
                continue
            yield _finding(package, binding, submodule, imported, evidence.read, since)


def _is_seen_to_load(package: Source, submodule: str, evidence: Evidence) -> bool:
    """Return whether the import of a package brings a submodule, as by a function that it calls.

    No later import of it is then the first one.
    """
    outcome = evidence.outcomes.get(package.module)
    return outcome is not None and submodule in {load.name for load in outcome.loads}


def _is_the_submodule(package: Source, binding: Binding, submodule: str) -> bool:
    """Return whether a name of a package is bound to the submodule, or to what stands for it.

    That names it, or is made of its name: `urls = "demo.urls"`, `run = Proxy("run")`.
    """
    names_it = binding.origin in {(submodule, None), (package.module, binding.name)}
    line = package.line(binding.line).strip().removeprefix("lazy ")
    whole, last = re.escape(submodule), re.escape(binding.name)
    named = re.compile(rf"[\"']{whole}[\"']|\(.*[\"'.]{last}[\"']")
    is_named = any(map(named.search, (line, *_decorators(package, binding))))
    return (binding.imported and names_it) or bool(is_named or _STANDS_FOR_IT.search(line))


def _decorators(package: Source, binding: Binding) -> Iterator[str]:
    """Yield what decorates the function that a name is bound to, and makes something else of it."""
    match package.at(binding.line):
        case (ast.FunctionDef(decorator_list=found), _):
            yield from map(ast.unparse, found)


def _is_a_proxy(origin: Source | None, binding: Binding, submodule: str) -> bool:
    """Return whether the module that a name is imported from loads the submodule by its name."""
    if origin is None or not binding.imported:
        return False
    by_name = rf"import_module\(\s*[\"']{re.escape(submodule)}[\"']"
    return re.search(by_name, origin.text) is not None


def _stands_in(own: Source, package: Source, binding: Binding, evidence: Evidence) -> bool:
    """Return whether a submodule has all that its package takes from the module it replaces.

    So has one that takes all of it by a star import, or copies what its package has under its own
    name, one attribute after the other; one that does nothing else than to hand on
    what a module of a library has; one that has moved, and whose old place hands on what the new
    one has; and one that is made after a module of a library, and says so.
    """
    module, entry = binding.origin
    replaced = f"{module}.{entry}" if entry else module
    if not binding.imported:
        return False
    if _has_all_of(own, evidence.read.get(replaced)) or _copies_all_of(binding.name, own, package):
        return True
    taken = _taken_of(package, binding.name, own, evidence)
    handed_on = _handed_on_alone(replaced, own) if entry else set()
    if handed_on and entry and _is_its_submodule(module, entry, evidence):
        wanted = _defined_in(replaced, evidence) | (taken or set())
        offers = {"*"} if "*" in handed_on else wanted
        if offers and offers <= handed_on:
            return True
    named = r"[./]".join(map(re.escape, replaced.split(".")))
    is_known = replaced in evidence.read or re.search(rf"\b{named}\b", own.text)
    if not is_known or not taken or binding.name in (package.exported or ()):
        return False
    return all(re.search(rf"\b{re.escape(name)}\b", own.text) for name in taken)


def _taken_of(package: Source, name: str, own: Source, evidence: Evidence) -> set[str] | None:
    """Return the attributes that a package takes of what a name stands for.

    None where it does something else with it, or where other modules take it from the package.
    """
    wanted = any(
        name in each.statement.names
        for each in evidence.importers.get(package.module, ())
        if each.source is not own
    )
    nodes = list(ast.walk(package.tree)) if package.tree else []
    uses = [each for each in nodes if isinstance(each, ast.Name) and each.id == name]
    taken = [each.attr for each in nodes if isinstance(each, ast.Attribute) and each.value in uses]
    return None if wanted or len(taken) < len(uses) else set(taken)


def _has_all_of(own: Source, replaced: Source | None) -> bool:
    """Return whether a module takes by a star import what another one offers, and keeps it so.

    What it takes of that one by its name as well is the same.
    """
    if replaced is None:
        return False
    kept = not any(
        each.name in replaced.definitions and each.origin != (replaced.module, each.name)
        for each in own.bindings
    )
    return kept and any(
        each.module == replaced.module
        and "*" in each.names
        and each.where is Where.AT_IMPORT
        and not each.in_a_branch
        for each in own.imports
    )


def _copies_all_of(name: str, own: Source, package: Source) -> bool:
    """Return whether a submodule sets each attribute that its package has under this name."""
    takes = any(
        each.module == package.module and name in each.names and each.where is Where.AT_IMPORT
        for each in own.imports
    )
    return takes and bool(_ATTRIBUTES.search(own.text) and _SETS.search(own.text))


def _handed_on_alone(module: str, own: Source) -> set[str]:
    """Return the names that a module takes of another one, if it does nothing else."""
    body = own.tree.body if own.tree else []
    others = {each.module for each in own.imports} - {module, "__future__"}
    if others or not all(map(_only_hands_on, body)):
        return set()
    return {name for each in own.imports if each.module == module for name in each.names}


def _only_hands_on(node: ast.stmt) -> bool:
    """Return whether a statement takes names as they are, lists them, or is a docstring."""
    match node:
        case ast.ImportFrom(names=taken):
            return all(each.asname in {None, each.name} for each in taken)
        case ast.Assign([ast.Name("__all__")]) | ast.Expr(ast.Constant()):
            return True
    return False


def _is_its_submodule(package: str, name: str, evidence: Evidence) -> bool:
    """Return whether a package of a library has nothing else by a name than the submodule."""
    tree = _tree_of(f"{package}.__init__", evidence)
    return tree is not None and not any(
        _binds_something_else(each, name) for each in ast.walk(tree)
    )


def _defined_in(module: str, evidence: Evidence) -> set[str]:
    """Return the public functions and classes of a library's module."""
    tree = _tree_of(module, evidence)
    names = {
        each.name
        for each in (tree.body if tree else ())
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }
    return {each for each in names if not each.startswith("_")}


def _tree_of(module: str, evidence: Evidence) -> ast.Module | None:
    """Return what a file of a library says; None where that cannot be read."""
    file = evidence.index(Origins).installed.file(module)
    try:
        return ast.parse(read_code(file)) if file else None
    except (OSError, SyntaxError, ValueError):
        return None


def _binds_something_else(node: ast.AST, name: str) -> bool:
    """Return whether a part of a package binds a name, and not to the submodule of that name."""
    match node:
        case ast.ImportFrom(module, names):
            return module is not None and name in {each.asname or each.name for each in names}
        case ast.FunctionDef(bound) | ast.AsyncFunctionDef(bound) | ast.ClassDef(bound):
            return bound == name
        case ast.Name(bound, ast.Store()):
            return bound == name
    return False


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


def _imported_at_import(evidence: Evidence) -> tuple[_Imported, _Imported]:
    """Return what modules import at once where lazy imports wait (PEP 810), and where they do not.

    Both are the same when no Python is admitted in which they wait.
    """
    newest: dict[str, list[tuple[int, str]]] = defaultdict(list)
    older: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for source in evidence.read.values():
        for statement in source.imports:
            runs = statement.where is Where.AT_IMPORT
            waits = statement.lazy and _LAZY in evidence.admitted
            if statement.main or not (runs or waits):
                continue
            named = [(statement.line, each) for each in _named(statement) if each in evidence.names]
            if runs:
                older[source.module] += named
            if _is_used_at_import(statement, source) if waits else runs:
                newest[source.module] += named
    return newest, older


def _named(statement: Import) -> Iterator[str]:
    """Yield the modules that an import may name, with the packages around them."""
    for name in (statement.module, *(f"{statement.module}.{name}" for name in statement.names)):
        parts = name.split(".")
        yield from (".".join(parts[:length]) for length in range(1, len(parts) + 1))


def _is_used_at_import(statement: Import, source: Source) -> bool:
    """Return whether a module reads what an import binds while it is imported itself."""
    return statement.where is not Where.FOR_TYPES and not names_of(statement, source).isdisjoint(
        names_read(source)[0]
    )


def _first_import(package: Source, submodule: str, at_import: _Imported) -> int | None:
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


def _finding(
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
