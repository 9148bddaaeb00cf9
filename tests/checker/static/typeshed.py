"""What the standard library's type stubs say of when, and where, it has what.

    python -m tests.checker.static.typeshed

compares the table in `static/standard_library.txt` with the stubs that mypy brings (typeshed), and
prints the rows that the table lacks; `--write` adds them. Stubs have mistakes: only what the
interpreters found here show as well is a row. They know no Python that has come to its end, so the
table's older rows stay as they were read off interpreters (survey.py). Run it when a release of
mypy brings newer stubs, and before a new Python is admitted.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import mypy

import modwright_check.static.standard_library as table
from modwright_check.model.python_versions import MINORS
from modwright_check.static.standard_library import Availability, availabilities
from tests.checker.static.interpreters import BUILD, interpreters, surveyed

STUBS = Path(mypy.__file__).parent / "typeshed" / "stdlib"
TABLE = Path(table.__file__).with_name("standard_library.txt")
OLDEST = 10  # the x of the oldest Python 3.x that the stubs still tell apart
SYSTEMS = ("linux", "darwin", "win32")
FAMILIES = {
    frozenset({"win32"}): "windows",
    frozenset({"darwin"}): "macos",
    frozenset({"linux"}): "linux",
    frozenset({"linux", "darwin"}): "posix",
}
Where = tuple[int, str]  # a Python's second number and a system
EVERYWHERE = frozenset((minor, system) for minor in MINORS if minor >= OLDEST for system in SYSTEMS)


@dataclass(frozen=True)
class Stub:
    """What one stub offers on one Python and one system.

    Args:
        names: What it binds for others.
        parameters: What its functions and classes take by keyword: `name(parameter)`.
        members: What its classes have that needs no object: `Class.method`.
    """

    names: frozenset[str] = frozenset()
    parameters: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()


@cache
def stated() -> dict[str, Availability]:
    """Return what the stubs say is not to be had everywhere, by the keys of the table."""
    found: dict[str, Availability] = {}
    modules = _modules()
    for module, wheres in modules.items():
        places: dict[str, set[Where]] = defaultdict(set)
        for where in wheres:
            stub = _stub(module, where)
            for name in (*stub.names, *stub.parameters, *stub.members):
                places[name].add(where)
        package = modules.get(module.rpartition(".")[0], EVERYWHERE)
        if available := _availability(wheres, package):
            found[module] = available
        for name, there in places.items():
            is_parameter = "(" in name
            owner = name.partition("(")[0] if is_parameter else name.rpartition(".")[0]
            around = places[owner] if owner else wheres
            available = _availability(there, around)
            # Stubs leave out parameters of one system where its function has another's name.
            if available and not (is_parameter and available.system):
                found[f"{module}:{name}"] = available
    return found


def _availability(there: Iterable[Where], around: Iterable[Where]) -> Availability | None:
    """Return where something is to be had, of all places that have what it belongs to."""
    there, around = frozenset(there), frozenset(around)
    minors, all_minors = _minors(there), _minors(around)
    since = min(minors) if min(minors) > min(all_minors) else None
    until = max(minors) + 1 if max(minors) < max(all_minors) else None
    systems = {system for _, system in there}
    system = None if systems == {each for _, each in around} else FAMILIES.get(frozenset(systems))
    known = Availability(since, until, system)
    return None if known == Availability() else known


def _minors(places: Iterable[Where]) -> set[int]:
    return {minor for minor, _ in places}


def _modules() -> dict[str, frozenset[Where]]:
    """Return the public modules that have a stub, each with where it is to be had."""
    ranges = dict(_ranges())
    modules = {}
    for file in sorted(STUBS.rglob("*.pyi")):
        parts = file.relative_to(STUBS).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if any(part.startswith("_") for part in name.split(".")):
            continue
        first, last = next(ranges[each] for each in _around(name) if each in ranges)
        wheres = {(minor, system) for minor, system in EVERYWHERE if first <= minor <= last}
        # Of a module for one system, the stub says so of all that it holds.
        modules[name] = frozenset(where for where in wheres if _stub(name, where).names) or wheres
    return {name: frozenset(wheres) for name, wheres in modules.items() if wheres}


def _ranges() -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the rows of the stubs' own list: each module's first and last Python 3."""
    for line in (STUBS / "VERSIONS").read_text(encoding="utf-8").splitlines():
        row = line.partition("#")[0].strip()
        if row:
            name, _, versions = row.partition(": ")
            first, _, last = versions.partition("-")
            yield name, (_minor(first), _minor(last) if last else max(MINORS))


def _minor(version: str) -> int:
    return int(version.partition(".")[2])


def _around(name: str) -> Iterator[str]:
    while name:
        yield name
        name = name.rpartition(".")[0]


@cache
def _stub(module: str, where: Where) -> Stub:
    tree = _tree(module)
    if tree is None:
        return Stub()
    statements = list(_running(tree.body, where))
    exported = set(_exported(statements))
    names: set[str] = set()
    parameters: set[str] = set()
    members: set[str] = set()
    for node in statements:
        names.update(_bound(node, module, where, exported))
        parameters.update(_parameters(node, where))
        members.update(_members(node, where))
    public = frozenset(name for name in names if not name.startswith("_"))
    return Stub(
        public,
        frozenset(each for each in parameters if each.partition("(")[0] in public),
        frozenset(each for each in members if each.partition(".")[0] in public),
    )


@cache
def _tree(module: str) -> ast.Module | None:
    path = STUBS.joinpath(*module.split("."))
    for file in (path.with_suffix(".pyi"), path / "__init__.pyi"):
        if file.is_file():
            return ast.parse(file.read_bytes())
    return None


def _running(body: Iterable[ast.stmt], where: Where) -> Iterator[ast.stmt]:
    """Yield the statements of a body that count on this Python and system."""
    for node in body:
        if isinstance(node, ast.If):
            yield from _running(node.body if _holds(node.test, where) else node.orelse, where)
        else:
            yield node


def _holds(test: ast.expr, where: Where) -> bool:
    """Return whether a condition holds; stubs ask for versions and systems alone."""
    minor, system = where
    code = compile(ast.Expression(test), "stub", "eval")
    return bool(eval(code, {"sys": _Sys((3, minor), system), "TYPE_CHECKING": True}))  # noqa: S307


@dataclass(frozen=True)
class _Sys:
    version_info: tuple[int, int]
    platform: str


def _exported(statements: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield what `__all__` names."""
    for node in statements:
        match node:
            case ast.Assign([ast.Name("__all__")], value) | ast.AugAssign(
                ast.Name("__all__"), ast.Add(), value
            ):
                yield from (str(name) for name in ast.literal_eval(value))


def _bound(node: ast.stmt, module: str, where: Where, exported: set[str]) -> Iterator[str]:
    """Yield what a statement binds for others; what is imported for the stub's own use is not."""
    match node:
        case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
            if not _is_for_types(node):
                yield name
        case ast.AnnAssign(ast.Name(name)):
            yield name
        case ast.Assign(targets):
            yield from (target.id for target in targets if isinstance(target, ast.Name))
        case ast.ImportFrom(str(source), [ast.alias("*")], 0):
            yield from _stub(source, where).names
        case ast.ImportFrom(str(source), [ast.alias("*")], 1):
            yield from _stub(f"{module}.{source}", where).names
        case ast.Import(aliases) | ast.ImportFrom(names=aliases):
            for alias in aliases:
                if alias.asname == alias.name or (alias.asname or alias.name) in exported:
                    yield alias.asname or alias.name


def _is_for_types(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    return any(
        isinstance(each, ast.Name) and each.id == "type_check_only" for each in node.decorator_list
    )


def _parameters(node: ast.stmt, where: Where) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name, arguments) | ast.AsyncFunctionDef(name, arguments):
            yield from (f"{name}({parameter})" for parameter in _by_keyword(arguments))
        case ast.ClassDef(name, body=body):
            for each in _running(body, where):
                if isinstance(each, ast.FunctionDef) and each.name in {"__init__", "__new__"}:
                    _, *parameters = _by_keyword(each.args, first=True)
                    yield from (f"{name}({parameter})" for parameter in parameters)


def _members(node: ast.stmt, where: Where) -> Iterator[str]:
    """Yield what a class has that needs no object of it: its class and static methods."""
    if not isinstance(node, ast.ClassDef):
        return
    for each in _running(node.body, where):
        match each:
            case ast.FunctionDef(name, decorator_list=decorators) if not name.startswith("_"):
                called = {each.id for each in decorators if isinstance(each, ast.Name)}
                if called & {"classmethod", "staticmethod"}:
                    yield f"{node.name}.{name}"


def _by_keyword(arguments: ast.arguments, *, first: bool = False) -> list[str]:
    """Return what can be given by keyword; with the `first` one anyway, which is `self`."""
    positional = [each.arg for each in arguments.posonlyargs[: int(first)]]
    named = [each.arg for each in (*arguments.args, *arguments.kwonlyargs)]
    return positional + [name for name in named if not name.startswith("__")]


def lacking(known: Mapping[str, Availability]) -> dict[str, Availability]:
    """Return what the stubs say and a table does not."""
    return {key: available for key, available in stated().items() if key not in known}


def confirmed(rows: Mapping[str, Availability]) -> dict[str, Availability]:
    """Return the rows that interpreters found here show to be true, and none contradicts.

    One has to have what a row is about and another one not to have it, as far as the row says that
    of this system. What hangs on the build of a Python is left out.
    """
    surveys = {
        minor: surveyed(python, rows) for minor, python in interpreters().items() if minor >= OLDEST
    }
    return {
        key: row
        for key, row in rows.items()
        if not BUILD.match(key)
        if _is_shown(row, {minor: _has(key, *survey) for minor, survey in surveys.items()})
    }


def _has(key: str, there: set[str], unknown: set[str]) -> bool | None:
    """Return whether an interpreter has what a key is about; None when it cannot tell."""
    module, _, name = key.partition(":")
    around = {module, key.partition("(")[0]} - {key}
    if around & unknown or key in unknown or (name and not around <= there):
        return None
    return key in there


def _is_shown(row: Availability, seen: Mapping[int, bool | None]) -> bool:
    expected = {minor: _is_expected(row, minor) for minor in seen}
    told = {minor: has_it for minor, has_it in seen.items() if has_it is not None}
    agreed = all(has_it == expected[minor] for minor, has_it in told.items())
    return agreed and set(told.values()) == set(expected.values())


def _is_expected(row: Availability, minor: int) -> bool:
    """Return whether a row says that the Python of this version has something on Linux."""
    return not row.missing(frozenset({minor})) and row.system in {None, "linux", "posix"}


def written(rows: Mapping[str, Availability]) -> str:
    """Return a table as `standard_library.txt` has it."""
    names: dict[str, list[str]] = defaultdict(list)
    for key in sorted(rows):
        module, _, name = key.partition(":")
        names[module].extend([name] if name else [])
    lines = []
    for module in sorted(names):
        lines.append(f"{module} {_when(rows[module])}" if module in rows else module)
        lines += [f"    {name} {_when(rows[f'{module}:{name}'])}" for name in names[module]]
    return "\n".join(lines) + "\n"


def _when(row: Availability) -> str:
    first = f"3.{row.since}" if row.since else ""
    last = f"3.{row.until}" if row.until else ""
    versions = f"{first}-{last}" if first or last else "*"
    return f"{versions} {row.system}" if row.system else versions


def main() -> None:
    """Print what the table lacks, and write it down when asked to."""
    found = confirmed(lacking(availabilities()))
    for key, row in sorted(found.items()):
        print(key, _when(row))
    print(f"{len(found)} rows are missing in {TABLE.name}.")
    if "--write" in sys.argv:
        TABLE.write_text(written({**availabilities(), **found}), encoding="utf-8")


if __name__ == "__main__":
    main()
