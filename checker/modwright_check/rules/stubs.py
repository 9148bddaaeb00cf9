"""MW603: a stub beside a module names what the module does not have.

Only what can be told is told: of a module that was imported, by what it holds; of another one in
Python, by its source, unless it makes names as it runs. What exists for type checkers alone
(type aliases and variables, private protocols) is left out, and so is what stands under a test.
Stubs that make up a distribution of their own (PEP 561) describe modules that are not here.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.report import Finding, Severity
from modwright_check.static.bindings import bindings
from modwright_check.static.source import Source
from modwright_check.wheel.members import installed_files

_FOR_TYPES = {"TypeVar", "ParamSpec", "TypeVarTuple", "NewType", "TypeAlias", "TypedDict"}
# Signs that a module gets names by other means than statements that bind them.
_DYNAMIC = re.compile(
    r"__getattr__|globals\(\)|vars\(\)|locals\(\)|setattr\(|exec\(|sys\.modules|__dict__"
    r"|import \*|lazy"
)


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield the names of stubs that their modules do not have."""
    modules = {module.name for module in evidence.modules}
    for path in installed_files(evidence.wheel):
        module = _described(path)
        if module in modules:
            there = _names_of(module, evidence)
            if there is not None:
                submodules = _submodules(module, modules)
                yield from _missing(path, module, there | submodules, evidence)


def _described(path: PurePosixPath) -> str | None:
    """Return the module that a stub is about; None when the file is no stub beside a module."""
    if path.suffix != ".pyi" or path.parts[0].endswith("-stubs"):
        return None
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _names_of(module: str, evidence: Evidence) -> frozenset[str] | None:
    """Return what a module has at run time; None when that cannot be told."""
    outcome = evidence.outcomes.get(module)
    source = evidence.read.get(module)
    if source and "__getattr__" in source.text:
        return None  # lazy exports: they are held against __all__ and dir() elsewhere
    if outcome and outcome.attributes is not None:
        return outcome.attributes
    if source is None or source.tree is None or _DYNAMIC.search(source.text):
        return None
    return frozenset(binding.name for binding in bindings(source)) | _other_bindings(source)


def _other_bindings(source: Source) -> frozenset[str]:
    return frozenset(name for name, _ in source.definitions)


def _submodules(module: str, modules: set[str]) -> frozenset[str]:
    inside = f"{module}."
    names = (each.removeprefix(inside) for each in modules if each.startswith(inside))
    return frozenset(name.partition(".")[0] for name in names)


def _missing(
    path: PurePosixPath, module: str, there: frozenset[str], evidence: Evidence
) -> Iterator[Finding]:
    try:
        text = evidence.sources.installed(path).read_text(encoding="utf-8")
        tree = ast.parse(text)
    except (OSError, ValueError, SyntaxError):
        return  # a stub may be written in a newer Python's syntax (typing specification)
    for name, line in _promised(tree):
        if name not in there:
            yield finding(
                "MW603",
                module,
                f"its stub names {name}, which the module does not have",
                "Define it in the module, or take it out of the stub.",
                evidence.sources.in_project(path),
                line,
                severity=Severity.INFO if _is_private(module) else None,
            )


def _is_private(module: str) -> bool:
    """Return whether a stub is for nobody but the project's own type checker."""
    return any(part.startswith("_") for part in module.split("."))


def _promised(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield the names that a stub says are there at run time, each once, with its line."""
    told: set[str] = set()
    for node in tree.body:
        for name in _names(node):
            if name not in told and not name.startswith("_"):
                told.add(name)
                yield name, node.lineno


def _names(node: ast.stmt) -> Iterator[str]:
    """Yield what one statement promises; nothing of compound ones, which are tests."""
    match node:
        case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
            if not _only_for_types(node):
                yield name
        case ast.AnnAssign(ast.Name(name), annotation):
            if not _mentions_types(annotation):
                yield name
        case ast.Assign([ast.Name("__all__")], ast.List(elts) | ast.Tuple(elts)):
            values = (each.value for each in elts if isinstance(each, ast.Constant))
            yield from (value for value in values if isinstance(value, str))
        case ast.Assign([ast.Name(name)], value):
            # `Alias = int | str` in a stub is a type alias, unless the stub says otherwise.
            if isinstance(value, ast.Constant) and value.value is Ellipsis:
                yield name
        case ast.Import(aliases) | ast.ImportFrom(names=aliases):
            yield from (alias.name for alias in aliases if alias.asname == alias.name)


def _only_for_types(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    """Return whether a definition is there for type checkers only.

    A protocol or a typed dictionary of a stub is as a rule no class of the module.
    """
    marked = any("type_check_only" in ast.unparse(each) for each in node.decorator_list)
    bases = node.bases if isinstance(node, ast.ClassDef) else []
    return marked or any(_mentions_types(base, {"Protocol", "TypedDict"}) for base in bases)


def _mentions_types(node: ast.expr, names: set[str] = _FOR_TYPES) -> bool:
    words = {getattr(each, "id", None) or getattr(each, "attr", None) for each in ast.walk(node)}
    return bool(words & names)
