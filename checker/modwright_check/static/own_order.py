"""The project's own modules in order of dependence."""

import ast
from collections.abc import Collection, Iterator, Mapping

from modwright_check.model.module_names import packages_around, with_packages
from modwright_check.static.parts import parts
from modwright_check.static.source import Source, Where

# Imports within one another. Python takes six to ten frames for each, of the 1000 that
# `sys.getrecursionlimit()` admits: whether a module that is deeper imports, only a try can tell.
DEEP = 80


def own_order(read: Collection[Source], own: Collection[str]) -> dict[str, list[str]]:
    """Return modules so that each comes after those that it needs, with what it needs.

    Left out are modules without a source, those that ask at import what has been loaded already,
    those of a cycle that no package of theirs begins, and what needs one of these. A package
    begins the cycles with its own modules: whoever imports one of them imports the package first.

    Args:
        read: The sources of the project.
        own: The names of its modules.
    """
    needs: dict[str, set[str]] = {name: set() for name in own}
    needs |= {source.module: set(_needed(source, own)) for source in read}
    order: dict[str, list[str]] = {}
    refused = set(own) - {source.module for source in read}
    refused |= {source.module for source in read if _asks_what_is_loaded(source)}
    for group in _groups(needs):
        first = min(group, key=lambda name: (name.count("."), name))
        begins = all(name == first or name.startswith(f"{first}.") for name in group)
        outside = set().union(*(needs[name] for name in group)) - set(group)
        if not begins or not refused.isdisjoint({*outside, *group}):
            refused |= set(group)
            continue
        for name in sorted(group, key=lambda name: (name.count("."), name)):
            order[name] = sorted((needs[name] | outside) & order.keys())
    return order


def deepest(order: Mapping[str, Collection[str]], most: int) -> list[str]:
    """Return of the modules that may import more than `DEEP` within one another the deepest.

    Args:
        order: Modules in order of dependence, each with those that it needs.
        most: How many to return.
    """
    depths: dict[str, int] = {}
    for name, needs in order.items():
        depths[name] = 1 + max((depths[need] for need in needs), default=0)
    deep = (name for name, depth in depths.items() if depth > DEEP)
    return sorted(deep, key=lambda name: (-depths[name], name))[:most]


def _needed(source: Source, own: Collection[str]) -> Iterator[str]:
    """Yield the modules that come in with one, but for what those import."""
    yield from (package for package in packages_around(source.module) if package in own)
    for statement in source.imports:
        if statement.where is Where.AT_IMPORT:
            for named in (statement.module, *(f"{statement.module}.{n}" for n in statement.names)):
                for name in with_packages(named):
                    if name in own and name != source.module:
                        yield name


def _asks_what_is_loaded(source: Source) -> bool:
    """Return whether a module uses `sys.modules` when it is imported, functions left aside."""
    may_ask = "modules" in source.text and "sys" in source.text
    waiting: list[ast.AST] = [source.tree] if source.tree and may_ask else []
    while waiting:
        node = waiting.pop()
        match node:
            case ast.Attribute(ast.Name("sys"), "modules"):
                return True
            case ast.ImportFrom("sys", names) if any(each.name == "modules" for each in names):
                return True
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                continue
        waiting += parts(node)
    return False


def _groups(needs: Mapping[str, Collection[str]]) -> Iterator[list[str]]:
    """Yield the strongly connected components (Tarjan, 1972), each after those that it needs.

    There is no recursion: a chain of imports may be long.
    """
    numbers: dict[str, int] = {}
    group: list[str]
    lowest: dict[str, int] = {}
    open_names: list[str] = []
    is_open: set[str] = set()
    for begin in sorted(needs):
        if begin in numbers:
            continue
        way: list[tuple[str, Iterator[str]]] = [(begin, iter(()))]
        while way:
            name, inner = way[-1]
            if name not in numbers:
                numbers[name] = lowest[name] = len(numbers)
                open_names.append(name)
                is_open.add(name)
                inner = iter(sorted(needs[name]))
                way[-1] = (name, inner)
            for other in inner:
                if other not in numbers:
                    way.append((other, iter(())))
                    break
                if other in is_open:
                    lowest[name] = min(lowest[name], numbers[other])
            else:
                way.pop()
                if way:
                    around = way[-1][0]
                    lowest[around] = min(lowest[around], lowest[name])
                if lowest[name] == numbers[name]:
                    group = []
                    while not group or group[-1] != name:
                        group.append(open_names.pop())
                    is_open.difference_update(group)
                    yield group
