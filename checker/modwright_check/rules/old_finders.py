"""MW703: a finder that newer Pythons pass over, for it knows the old protocol alone.

Python 3.12 asks what stands in `sys.meta_path` by `find_spec` (PEP 451) and no more by
`find_module`: an import hook without it does nothing there, and says nothing.
"""

import ast
from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.report import Finding
from modwright_check.static.source import Source
from modwright_check.static.stdlib_usage import uses

_CHANGED = 12  # the second number of the Python that has dropped `find_module`


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield where a finder of the old protocol is put into `sys.meta_path`."""
    if not any("find_module" in source.text for source in evidence.read.values()):
        return
    if max(evidence.promised, default=0) < _CHANGED:
        return
    requires = evidence.about.requires_python
    for source in evidence.read.values():
        minors = evidence.promised & evidence.minors[source.module]
        added = dict(_added(source)) if "find_module" in source.text else {}
        for use in uses(source, {"sys:meta_path"}) if added else ():
            if use.line in added and max(minors & use.context.minors, default=0) >= _CHANGED:
                yield finding(
                    "MW703",
                    source.module,
                    f"adds {added[use.line]} to sys.meta_path, which has find_module and no "
                    "find_spec: Python 3.12 and newer pass over it, and requires-python "
                    f"{requires} admits them",
                    "Give it find_spec(fullname, path, target), which returns a ModuleSpec.",
                    source.file,
                    use.line,
                    facts=() if use.context.at_import else {Fact.BY_CHOICE},
                )


def _added(source: Source) -> Iterator[tuple[int, str]]:
    """Yield the lines of `sys.meta_path` that add a finder of the old protocol, and its class."""
    nodes = list(ast.walk(source.tree)) if source.tree else []
    old = {node.name for node in nodes if isinstance(node, ast.ClassDef) and _is_old(node)}
    made = {
        name: of.id
        for node in nodes
        if isinstance(node, ast.Assign)
        for name, of in _instances(node)
        if of.id in old
    }
    for node in nodes:
        match node:
            case ast.Call(
                ast.Attribute(ast.Attribute(attr="meta_path") as path, "append" | "insert"),
                [*_, finder],
            ):
                name = ast.unparse(finder.func if isinstance(finder, ast.Call) else finder)
                if made.get(name, name) in old:
                    yield path.lineno, made.get(name, name)


def _is_old(definition: ast.ClassDef) -> bool:
    names = {each.name for each in definition.body if isinstance(each, ast.FunctionDef)}
    inherits = any(ast.unparse(base) != "object" for base in definition.bases)
    return "find_module" in names and "find_spec" not in names and not inherits


def _instances(assignment: ast.Assign) -> Iterator[tuple[str, ast.Name]]:
    match assignment:
        case ast.Assign([ast.Name(name)], ast.Call(ast.Name() as of)):
            yield name, of
