"""What modules do to the whole process at import: themselves, or by calling what does it."""

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from modwright_check.model.import_result import Step
from modwright_check.static.act import Act
from modwright_check.static.always_run import always_run, calls, may_run
from modwright_check.static.dotted_names import dotted, origins
from modwright_check.static.process_wide import Acts, may_act
from modwright_check.static.source import Source

_DEEPEST = 5  # calls from one function to the next
_HANDED_ON = 5  # from module to module, by imports


class Done(NamedTuple):
    """An act at import.

    Args:
        act: With the line of the module that is imported.
        way: From there on, the functions of the project through which it comes.
    """

    act: Act
    way: tuple[Step, ...] = ()


def acts_at_import(read: Mapping[str, Source]) -> dict[str, list[Done]]:
    """Return what each module does in any case when it is imported.

    Args:
        read: The project's sources, by the modules' names.
    """
    return ActsAtImport(read).always


class ActsAtImport:
    """What modules do at import: in any case, and where one of their own branches runs.

    Args:
        read: The project's sources, by the modules' names.
    """

    def __init__(self, read: Mapping[str, Source]) -> None:
        search = _Search(read)
        self.always = search.found()
        self.in_branches = search.in_branches()


class _Search:
    """Looks for acts in modules, and in the functions that they call.

    Args:
        read: The project's sources, by the modules' names.
    """

    def __init__(self, read: Mapping[str, Source]) -> None:
        self._read = read
        self._acts = {name: Acts(source) for name, source in read.items() if may_act(source)}
        # By dotted name, what functions and constructors do, of those that do anything.
        self._functions: dict[str, list[Done]] = {}
        self._origins: dict[str, Mapping[str, str]] = {}
        self._calls: dict[str, list[tuple[str, int, str]]] = {}

    def found(self) -> dict[str, list[Done]]:
        """Return what each module does."""
        for name, acts in self._acts.items():
            for function, body in _functions(self._read[name]):
                steps = [
                    (act, Step(function, self._read[name].file, act.line)) for act in acts.of(body)
                ]
                if steps:
                    done = [Done(act, (step,)) for act, step in steps]
                    self._functions[f"{name}.{function}"] = done
        self._add_callers()
        callers = self._callers()
        return {name: done for name in self._read if (done := list(self._at_import(name, callers)))}

    def in_branches(self) -> dict[str, list[Done]]:
        """Return what each module does where one of its own branches runs.

        So does a function of its own that it calls.
        """
        callers = set(self._callers())
        done = {name: list(self._in_branches(name, name in callers)) for name in self._read}
        return {name: each for name, each in done.items() if each}

    def _in_branches(self, name: str, calls_them: bool) -> Iterator[Done]:
        source = self._read[name]
        body = source.tree.body if source.tree else []
        if acts := self._acts.get(name):
            called_here = {called for function, _, called in self._called(name) if not function}
            blocks = [each for own, each in _functions(source) if f"{name}.{own}" in called_here]
            for block in (body, *blocks):
                yield from map(Done, acts.in_branches(block))
        for statement, _ in may_run(body) if calls_them else ():
            for call in calls(statement):
                called = self._home(dotted(call.func, self._named(name)))
                for act, way in self._functions.get(called, ()):
                    yield Done(act._replace(line=call.lineno), way)

    def _add_callers(self) -> None:
        """Add to each function what those that it calls do."""
        for _ in range(_DEEPEST):
            added = False
            for name in self._callers():
                for function, line, called in self._called(name):
                    for done in tuple(self._functions.get(called, ())) if function else ():
                        step = Step(function, self._read[name].file, line)
                        new = Done(done.act, (step, *done.way))
                        known = self._functions.setdefault(f"{name}.{function}", [])
                        if len(new.way) <= _DEEPEST and new not in known:
                            known.append(new)
                            added = True
            if not added:
                return

    def _at_import(self, name: str, callers: Collection[str]) -> Iterator[Done]:
        source = self._read[name]
        if source.tree and (acts := self._acts.get(name)):
            yield from map(Done, acts.of(source.tree.body))
        for function, line, called in self._called(name) if name in callers else ():
            for done in self._functions.get(called, ()) if not function else ():
                yield _innermost(source.file, Done(done.act._replace(line=line), done.way))

    def _callers(self) -> list[str]:
        """Return the modules that mention a function which does something."""
        words = {name.rpartition(".")[2] for name in self._functions}
        if not words:
            return []
        sign = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words)))})\b")
        return [name for name, source in self._read.items() if sign.search(source.text)]

    def _called(self, name: str) -> list[tuple[str, int, str]]:
        """Return what a module calls in any case, each with the function that does and the line.

        The function is empty for the module itself. In a method, `self` stands for its class.
        """
        if name not in self._calls:
            source = self._read[name]
            names = self._named(name)
            blocks = [("", source.tree.body if source.tree else []), *_functions(source)]
            self._calls[name] = [
                (function, call.lineno, self._home(dotted(call.func, known)))
                for function, body in blocks
                for known in [{**names, "self": f"{name}.{function.partition('.')[0]}"}]
                for statement, _ in always_run(body)
                for call in calls(statement)
            ]
        return self._calls[name]

    def _named(self, name: str) -> Mapping[str, str]:
        if name not in self._origins:
            self._origins[name] = origins(self._read[name])
        return self._origins[name]

    def _home(self, name: str) -> str:
        """Return the name under which a function is defined, through modules that hand it on."""
        for _ in range(_HANDED_ON):
            module, _, entry = name.rpartition(".")
            origin = self._named(module).get(entry) if module in self._read else None
            if not origin or origin == name:
                break
            name = origin
        return name


def _innermost(file: str, done: Done) -> Done:
    """Return an act at the innermost line of the module itself, as it is of what is heard."""
    act, way = done
    while way and way[0].file == file:
        act, way = act._replace(line=way[0].line), way[1:]
    return Done(act, way)


def _functions(source: Source) -> Iterator[tuple[str, list[ast.stmt]]]:
    """Yield the functions, constructors and methods of a module's top level, which run when called.

    A constructor is called like its class.
    """
    for node in source.tree.body if source.tree else ():
        match node:
            case ast.FunctionDef(name) if _runs_when_called(node, source):
                yield name, node.body
            case ast.ClassDef(owner, body=body):
                for each in body:
                    match each:
                        case ast.FunctionDef("__init__"):
                            yield owner, each.body
                        case ast.FunctionDef(name) if _runs_when_called(each, source):
                            yield f"{owner}.{name}", each.body


def _runs_when_called(function: ast.FunctionDef, source: Source) -> bool:
    """Return whether a call runs the body: the function is neither decorated nor a generator."""
    if function.decorator_list or "yield" not in source.text:
        return not function.decorator_list
    return not any(isinstance(node, ast.Yield | ast.YieldFrom) for node in ast.walk(function))
