"""The files in Python that modules start as programs, by the names that these are given."""

import ast
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from modwright_check.static.parts import nodes
from modwright_check.static.run_by_path import commands
from modwright_check.static.scopes import parameters
from modwright_check.static.source import Source

_FILE = re.compile(r"(?:^|[/\\])(\w+)\.pyw?$")
_NAMED = re.compile(r"\b(\w+)\.pyw?\b")
_MAY_START = re.compile(
    r"subprocess|Popen|run_path|spawn|startfile|os\.(exec|system|popen)|executable|interpreter"
    r"|python[\d.]*[\"' ]"
)
# Functions that start a program: of modules, and those that say so by their own names.
_STARTS = re.compile(
    r"subprocess\.\w+|os\.(exec[lv]\w*|spawn\w+|posix_spawnp?|popen|startfile|system)|pty\.spawn"
    r"|([\w.]*\.)?(check_call|check_output|create_subprocess_(exec|shell)|Popen|run_path)"
)
_INTERPRETER = re.compile(r"python|interpreter|executable", re.IGNORECASE)
_RUNNER = re.compile(r"run|launch|exec")
_OWNERS = {"self", "cls"}
# The nodes that give a value to a name, and those that may start a program.
_BINDING = {ast.Assign, ast.AnnAssign, ast.AugAssign, ast.For, ast.NamedExpr, ast.withitem}
_BINDING |= {ast.Call}
_STARTING = {ast.Call, ast.List, ast.Tuple, ast.JoinedStr, ast.Constant}

# A name of a module: of a variable, an attribute, a parameter, or of what a function returns.
_Name = tuple[str, str]
# An expression, and the module that it stands in.
_Placed = tuple[str, ast.AST]


def started_files(sources: Iterable[Source], wanted: Collection[str]) -> set[str]:
    """Return which of some files other modules start; all without their suffix.

    A file is started where its name gets to a function that starts programs, to a list or a text
    that begins with the interpreter, or stands in a command, be it by way of variables, functions
    and other modules. What a name stands for is looked up in all of its module.

    Args:
        sources: Of the project.
        wanted: The names of files.
    """
    parsed = [each for each in sources if each.tree]
    naming = [each for each in parsed if not set(_others(each)).isdisjoint(wanted)]
    if not naming:
        return set()
    starting = [each for each in parsed if _MAY_START.search(each.text)]
    flow = _Flow({each.module: each for each in (*naming, *starting)})
    return {file for module, file in flow.files() if file != _own_file(module)} & {*wanted}


def _others(source: Source) -> Iterator[str]:
    """Yield the files in Python that a module speaks of, itself left aside."""
    own = _own_file(source.module)
    if ".py" not in source.text:
        return
    yield from (name for name in _NAMED.findall(source.text) if name != own)


def _own_file(module: str) -> str:
    return module.rpartition(".")[2]


class _Flow:
    """Where the values of names come from, and where programs are started.

    Args:
        sources: By module.
    """

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._values: dict[_Name, list[_Placed]] = defaultdict(list)
        self._parameters: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
        self._started: list[_Placed] = []
        calls: list[tuple[str, ast.Call]] = []
        for module, source in sources.items():
            self._take_down_names(module, source)
            for node in nodes(source.tree) if source.tree else ():
                kind = type(node)  # of a hundred nodes, few are of those that a pattern matches
                if kind in _BINDING:
                    self._bind(module, node)
                if kind in _STARTING:
                    self._started += ((module, each) for each in self._starts(module, node))
                if isinstance(node, ast.Call):
                    calls.append((module, node))
        for module, call in calls:
            self._hand_over(module, call)

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield the names of the files that get to where a program is started, with the modules."""
        waiting, seen = list(self._started), set[_Name]()
        while waiting:
            module, expression = waiting.pop()
            for node in _parts(expression):
                if isinstance(node, ast.Constant) and (file := _FILE.search(str(node.value))):
                    yield module, file[1]
                name = module, _last_name(node)
                if name not in seen:
                    seen.add(name)
                    waiting += self._values.get(name, ())

    def _take_down_names(self, module: str, source: Source) -> None:
        """Take down what imports bind, what functions are given, and what they return."""
        for statement in source.imports:
            for name in statement.names:
                self._values[module, name].append((statement.module, ast.Name(name)))
        for node, context in source.walk.statements if source.walk else ():
            match node:
                case ast.FunctionDef(name) | ast.AsyncFunctionDef(name):
                    named = [each.arg for each in parameters(node.args)]
                    taken = [each for each in named if each not in _OWNERS]
                    self._parameters[name].append((module, taken))
                case ast.Return(ast.expr() as value) | ast.Expr(ast.Yield(ast.expr() as value)):
                    function = getattr(context.innermost_function(), "name", "")
                    self._values[module, function].append((module, value))

    def _bind(self, module: str, node: ast.AST) -> None:
        """Take down what variables and attributes are given."""
        match node:
            case ast.Assign(targets, value):
                pass
            case (
                ast.AnnAssign(target, value=ast.expr() as value)
                | ast.AugAssign(target, value=value)
                | ast.For(target, value)
                | ast.NamedExpr(target, value)
                | ast.withitem(value, ast.expr() as target)
                | ast.Call(ast.Attribute(target, "append" | "extend" | "insert"), [*_, value])
            ):
                targets = [target]
            case _:
                return
        for each in (each for target in targets for each in ast.walk(target)):
            if name := _last_name(each):
                self._values[module, name].append((module, value))

    def _hand_over(self, module: str, call: ast.Call) -> None:
        """Take down what a call gives to the parameters of a function of the project."""
        imported = {each.module for each in self._sources[module].imports}
        for home, names in self._parameters.get(_last_name(call.func), ()):
            if home != module and home not in imported:
                continue
            given = [*zip(names, call.args, strict=False)]
            given += ((each.arg or "", each.value) for each in call.keywords)
            for name, value in given:
                self._values[home, name].append((module, value))

    def _starts(self, module: str, node: ast.AST) -> Iterator[ast.AST]:
        """Yield what a call, a list or a text makes a program of."""
        match node:
            case ast.Call(called, given) if self._is_start(module, called):
                yield from (*given, *(each.value for each in node.keywords))
            case ast.List([first, *_]) | ast.Tuple([first, *_]) if _is_interpreter(first):
                yield node
            case ast.JoinedStr([ast.FormattedValue(first), *rest]) if _is_interpreter(first):
                yield from rest
            case ast.JoinedStr(parts):
                known = (each.value if isinstance(each, ast.Constant) else "_" for each in parts)
                yield from map(ast.Constant, commands("".join(map(str, known))))
            case ast.Constant(str(text)) if "python" in text.lower():
                yield from map(ast.Constant, commands(text))

    def _is_start(self, module: str, called: ast.expr) -> bool:
        if _STARTS.fullmatch(_dotted(called)):
            return True
        return isinstance(called, ast.Name) and any(
            each.module == "subprocess" and called.id in each.names
            for each in self._sources[module].imports
        )


def _parts(expression: ast.AST) -> Iterator[ast.AST]:
    """Yield an expression and its parts, of a list of arguments those that may be the program."""
    waiting = [expression]
    while waiting:
        node = waiting.pop()
        yield node
        match node:
            case ast.List(elements) | ast.Tuple(elements):
                waiting += _programs(elements)
            case _:
                waiting += ast.iter_child_nodes(node)


def _programs(arguments: Sequence[ast.expr]) -> Iterator[ast.expr]:
    """Yield the arguments that may name the program: the first, or what an interpreter is given.

    So is what a runner is given, as by `torchrun worker.py`. With -m the program is a module, and
    what follows are its own arguments.
    """
    runs = True
    for number, each in enumerate(arguments):
        text = each.value if isinstance(each, ast.Constant) else None
        if text in {"-c", "-m"}:
            return
        if runs:
            yield each
        if number == 0:
            runs = text is None
        runs |= _is_interpreter(each) or bool(_RUNNER.search(str(text)))


def _is_interpreter(node: ast.expr) -> bool:
    """Return whether an expression says by its last name, or its text, that it is a Python."""
    text = node.value if isinstance(node, ast.Constant) else _last_name(node)
    return bool(_INTERPRETER.search(str(text)))


def _last_name(node: ast.AST) -> str:
    match node:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
    return ""


def _dotted(node: ast.expr) -> str:
    match node:
        case ast.Name(name):
            return name
        case ast.Attribute(base, name):
            return f"{_dotted(base)}.{name}"
    return ""
