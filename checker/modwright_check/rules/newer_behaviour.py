"""What admitted Pythons do in two ways, though all of them know it (MW701, MW703).

Annotations wait from 3.14 on (PEP 649); `asyncio.get_event_loop()` makes no loop any more.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.python_versions import minor_of
from modwright_check.model.report import Finding
from modwright_check.static.always_run import calls
from modwright_check.static.annotations import not_bound_yet
from modwright_check.static.context import Context, Role
from modwright_check.static.source import Source
from modwright_check.static.stdlib_usage import uses

_CHANGED = 14  # the second number of the Python that brought both
_RUNS = {"run_forever", "run_until_complete"}  # what a loop that runs cannot do
_GET_LOOP = {"asyncio:get_event_loop", "asyncio.events:get_event_loop"}


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield what imports on some of the admitted Pythons only, by what 3.14 has changed.

    What the environment's Python would have met itself is not told: its import shows that.
    """
    requires = evidence.about.requires_python
    sets_loops = any("set_event_loop(" in source.text for source in evidence.read.values())
    is_new = minor_of(evidence.environment.version) >= _CHANGED
    for source in evidence.read.values():
        outcome = evidence.outcomes.get(source.module)
        loaded = outcome is not None and outcome.loaded
        minors = evidence.promised & evidence.minors[source.module]
        if is_new and loaded:
            yield from _annotation(source, minors, str(requires))
        at_import: list[Finding] = []
        if not (is_new and loaded):
            at_import = [*_event_loop(source, minors, str(requires))]
            yield from at_import
        if not sets_loops:
            told = {each.line for each in at_import}
            in_functions = _loop_that_is_run(source, minors, str(requires))
            yield from (each for each in in_functions if each.line not in told)


def _annotation(source: Source, minors: frozenset[int], requires: str) -> Iterator[Finding]:
    """Yield the first annotation that older Pythons fail at: there the module ends."""
    for unbound in not_bound_yet(source) if min(minors, default=_CHANGED) < _CHANGED else ():
        oldest = min(minors & unbound.context.minors, default=_CHANGED)
        if oldest < _CHANGED:
            when = f"line {unbound.bound} binds" if unbound.bound else "no code that runs binds"
            yield finding(
                "MW701",
                source.module,
                f"an annotation names {unbound.name}, which {when}: before Python 3.14 that is a "
                f"NameError at import, and requires-python {requires} admits 3.{oldest}",
                "Begin the module with `from __future__ import annotations`, or quote the name.",
                source.file,
                unbound.line,
            )
            return


def _event_loop(source: Source, minors: frozenset[int], requires: str) -> Iterator[Finding]:
    if max(minors, default=0) < _CHANGED or "set_event_loop(" in source.text:
        return
    called: frozenset[str] | None = None
    for use in uses(source, _GET_LOOP):
        newest = max(minors & use.context.minors, default=0)
        block = _block(use.context)
        if block is None or newest < _CHANGED or not _is_called(source, use.line):
            continue
        if block and called is None:
            called = _called_at_import(source)
        if not block or (called and block in called):
            through = f" (through {block})" if block else ""
            yield finding(
                "MW703",
                source.module,
                f"asyncio.get_event_loop() at import{through} raises RuntimeError from Python 3.14 "
                f"on, which requires-python {requires} admits, unless a loop runs or is set: none "
                "is made any more",
                "Ask for the loop where one runs: asyncio.get_running_loop() in a coroutine.",
                source.file,
                use.line,
            )


def _called_at_import(source: Source) -> frozenset[str]:
    """Return the functions and classes of its own that a module calls whenever it is imported."""
    calling: dict[str, set[str]] = defaultdict(set)
    for statement, context in source.walk.statements if source.walk else ():
        block = _block(context)
        if block is not None:
            functions = (call.func for call in calls(statement))
            calling[block].update(each.id for each in functions if isinstance(each, ast.Name))
    called: set[str] = set()
    waiting = [""]
    while waiting:
        new = calling[waiting.pop()] - called
        called |= new
        waiting += new
    return frozenset(called)


def _block(context: Context) -> str | None:
    """Return the function, or the class whose constructor it is, that runs a statement in any case.

    Empty for the module itself; None where something decides about it, or where it runs later.
    """
    chain = [*context.chain()]
    is_decided = any(each.condition and each.condition.role is Role.REQUIRED for each in chain)
    if not context.certain or context.tried or context.main or is_decided:
        return None
    if context.at_import:
        return ""
    match [each.node for each in chain if each.node]:
        case [ast.FunctionDef(name, decorator_list=[]) as called] if not _is_a_generator(called):
            return name
        case [ast.FunctionDef("__init__"), ast.ClassDef(name)]:
            return name
    return None


def _is_a_generator(function: ast.FunctionDef) -> bool:
    return any(isinstance(node, ast.Yield | ast.YieldFrom) for node in ast.walk(function))


def _loop_that_is_run(source: Source, minors: frozenset[int], requires: str) -> Iterator[Finding]:
    """Yield where a function asks for a loop to run it, which it can only if it does not run yet.

    So there is none, unless the program has set it, which nothing in the project does.
    """
    for use in uses(source, _GET_LOOP):
        function = use.context.innermost_function()
        newest = max(minors & use.context.minors, default=0)
        if newest < _CHANGED or use.context.tried or not isinstance(function, ast.FunctionDef):
            continue
        if use.line in set(_run_in(function)):
            yield finding(
                "MW703",
                source.module,
                "has a function that runs the loop of asyncio.get_event_loop(), which from Python "
                f"3.14 on raises RuntimeError unless one is set; requires-python {requires} "
                "admits that",
                "Use asyncio.run(), or a loop of asyncio.new_event_loop().",
                source.file,
                use.line,
                facts={Fact.BY_CHOICE},
            )


def _run_in(function: ast.FunctionDef) -> Iterator[int]:
    """Yield the lines of a function that ask for the loop which it runs itself."""
    asked: dict[str, int] = {}
    for node in ast.walk(function):
        match node:
            case ast.Assign([ast.Name(name)], ast.Call(asking)) if _asks(asking):
                asked[name] = asking.lineno
    for node in ast.walk(function):
        match node:
            case ast.Call(ast.Attribute(ast.Name(name), attr)) if name in asked and attr in _RUNS:
                yield asked[name]
            case ast.Call(ast.Attribute(ast.Call(asking), attr)) if attr in _RUNS and _asks(asking):
                yield asking.lineno


def _asks(called: ast.expr) -> bool:
    return ast.unparse(called).endswith("get_event_loop")


def _is_called(source: Source, line: int) -> bool:
    return any(
        isinstance(node, ast.Call) and node.func.lineno == line and _asks(node.func)
        for node in (ast.walk(source.tree) if source.tree else ())
    )
