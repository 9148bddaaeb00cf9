"""MW603: a stub beside a module names what the module does not have.

Only what can be told is told: of a module that was imported, by what it holds; of another one in
Python, by its source, unless it makes names as it runs. What exists for type checkers alone
is left out (see `static/for_types.py`), and so is what stands under a test, but for one of the
version alone: it says whether the Python of the check has the name.
Stubs that make up a distribution of their own (PEP 561) describe modules that are not here.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.python_versions import minor_of
from modwright_check.model.questions import HasAttributes
from modwright_check.model.report import Finding
from modwright_check.static.for_types import Stub
from modwright_check.static.reading import read_code
from modwright_check.static.source import Source
from modwright_check.static.version_tests import holds

# Signs that a module gets names by other means than statements that bind them.
_DYNAMIC = re.compile(
    r"__getattr__|globals\(\)|vars\(\)|locals\(\)|setattr\(|exec\(|sys\.modules|__dict__"
    r"|import \*|lazy"
)
_REPLACES_ITSELF = re.compile(r"sys\.modules|__class__|globals\(\)")
# A module that gives its names away, as in `make_proxy(Context, globals(), locals())`.
_GIVEN_AWAY = re.compile(r"[\w\])]\((?:[^()\n]*,)?\s*(?:globals|vars|locals)\(\)")


def questions(evidence: Evidence) -> Iterator[HasAttributes]:
    """Yield whether modules that answer for names by `__getattr__` have those of their stubs.

    Args:
        evidence: All that is known of the project.
    """
    stubs, minor = _Stubs(evidence), minor_of(evidence.environment.version)
    yield from filter(None, (stubs.question(module, minor) for module in stubs.files))


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield the names of stubs that their modules do not have."""
    stubs, minor = _Stubs(evidence), minor_of(evidence.environment.version)
    for module, path in stubs.files.items():
        there = stubs.names_of(module)
        stub = stubs.find(module)
        asked = stubs.question(module, minor)
        if stub is None or (there is None and asked is None):
            continue
        source, tree = evidence.read.get(module), stubs.trees[module]
        offered = source.exported if source else None
        lacking = _lacking(asked, evidence) if asked else frozenset()
        for name, line in _promised(tree, stub, minor):
            if name in lacking or (there is not None and name not in there):
                yield finding(
                    "MW603",
                    module,
                    f"has a stub that names {name}, which the module does not have",
                    "Define the name in the module, or remove it from the stub.",
                    evidence.sources.in_project(path),
                    line,
                    facts={
                        *((Fact.OF_OTHERS,) if stubs.is_of_others(name, module) else ()),
                        *(() if offered is None or name in offered else (Fact.NOT_OFFERED,)),
                        *((Fact.BASE_OF_STUBS,) if _is_a_base(name, tree, there, source) else ()),
                    },
                )


def _lacking(asked: HasAttributes, evidence: Evidence) -> frozenset[str]:
    """Return what a module lacks by its own word: that what it imports for a name fails is more.

    What is told as an export that does not resolve (MW602) is not told again.
    """
    answers = evidence.answers.to(asked).answers
    unresolved = {each.entry for each in evidence.outcomes[asked.module].unresolved}
    return frozenset(each[1] for each in answers if each[0] == "lacks") - unresolved


def _is_a_base(
    name: str, stub: ast.Module, there: frozenset[str] | None, source: Source | None
) -> bool:
    """Return whether the stub alone has a class, so that others need not repeat what they share.

    The module has those others, and derives them from nothing that the stub may call otherwise.
    """
    deriving = {each.name for each in _classes(stub) if name in _bases(each)}
    own = list(_classes(source.tree)) if source and source.tree else []
    bases = {base for each in own if each.name in deriving for base in _bases(each)}
    described = {each.name for each in _classes(stub)}
    unknown = bases.intersection(each.name for each in own) - described
    return bool(deriving) and deriving <= (there or frozenset()) and not unknown


def _classes(tree: ast.Module) -> Iterator[ast.ClassDef]:
    yield from (node for node in tree.body if isinstance(node, ast.ClassDef))


def _bases(node: ast.ClassDef) -> set[str]:
    return {ast.unparse(base).partition("[")[0] for base in node.bases}


class _Stubs:
    """The stubs of a project, each read once.

    Args:
        evidence: All that is known of the project.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._modules = {module.name for module in evidence.modules}
        described = {_described(path): path for path in evidence.files}
        self.files = {name: described[name] for name in described if name in self._modules}
        self.trees: dict[str, ast.Module] = {}
        self._found: dict[str, Stub | None] = {}

    def find(self, module: str) -> Stub | None:
        """Return the stub of a module, or its source where it has none; None where neither is."""
        if module not in self._found:
            tree, is_package = self._tree(module)
            if tree is None:
                self._found[module] = None
            else:
                self.trees[module] = tree
                self._found[module] = Stub(
                    tree,
                    module,
                    is_package=is_package,
                    there=self.names_of(module),
                    other=self.find,
                )
        return self._found[module]

    def names_of(self, module: str) -> frozenset[str] | None:
        """Return what a module has at run time; None when that is not known."""
        names = _names_of(module, self._evidence)
        return None if names is None else names | _submodules(module, self._modules)

    def question(self, module: str, minor: int) -> HasAttributes | None:
        """Return whether a module with a `__getattr__` has what its stub says; None for others."""
        source, outcome = self._evidence.read.get(module), self._evidence.outcomes.get(module)
        stub = self.find(module)
        if source is None or outcome is None or not outcome.loaded or stub is None:
            return None
        if all(binding.name != "__getattr__" for binding in source.bindings):
            return None
        names = tuple(name for name, _ in _promised(self.trees[module], stub, minor))
        return HasAttributes(module, names) if names else None

    def is_of_others(self, name: str, module: str) -> bool:
        """Return whether users take what a stub hands on from where it comes from.

        That is another project, or another module of this one that has it: a package alone is there
        to hand on what its modules have.
        """
        stub = self.find(module)
        origin = stub.comes_from(name) if stub else None
        if origin is None:
            return False
        if not self._evidence.sources.answers_for(origin.partition(".")[0]):
            return True
        is_package = self.files[module].stem == "__init__"
        there = self.names_of(origin)
        return not is_package and (there is None or name in there)

    def _tree(self, module: str) -> tuple[ast.Module | None, bool]:
        path = self.files.get(module)
        if path is None:
            source = self._evidence.read.get(module)
            return (source.tree, source.is_package) if source else (None, False)
        try:
            text = read_code(self._evidence.sources.installed(path)).decode("utf-8")
            return ast.parse(text), path.stem == "__init__"
        except (OSError, ValueError, SyntaxError):
            # A stub may be written in a newer Python's syntax (typing specification).
            return None, False


def _described(path: PurePosixPath) -> str | None:
    """Return the module that a stub is about; None when the file is not a stub beside a module."""
    if path.suffix != ".pyi" or path.parts[0].endswith("-stubs"):
        return None
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _names_of(module: str, evidence: Evidence) -> frozenset[str] | None:
    """Return what a module has at run time; None when that is not known."""
    outcome = evidence.outcomes.get(module)
    source = evidence.read.get(module)
    if source and _has_getattr(source):
        return None  # lazy exports: they are held against __all__ and dir() elsewhere
    if source and _GIVEN_AWAY.search(source.text):
        return None  # whoever holds its names may add some later
    if outcome and outcome.attributes is not None:
        return outcome.attributes | _perhaps(source)
    if source is None or source.tree is None or _DYNAMIC.search(source.text):
        return None
    return frozenset(binding.name for binding in source.bindings)


def _has_getattr(source: Source) -> bool:
    """Return whether a module may answer for names that it does not hold.

    It defines `__getattr__`, or a class that does and that it may put into its own place.
    """
    defined = any(binding.name == "__getattr__" for binding in source.bindings)
    return defined or (
        "__getattr__" in source.text and _REPLACES_ITSELF.search(source.text) is not None
    )


def _perhaps(source: Source | None) -> frozenset[str]:
    """Return the names that a module has for some, such as for those who have a library."""
    bindings = source.bindings if source else ()
    return frozenset(binding.name for binding in bindings if not binding.certain)


def _submodules(module: str, modules: set[str]) -> frozenset[str]:
    inside = f"{module}."
    names = (each.removeprefix(inside) for each in modules if each.startswith(inside))
    return frozenset(name.partition(".")[0] for name in names)


def _promised(tree: ast.Module, stub: Stub, minor: int) -> Iterator[tuple[str, int]]:
    """Yield the names that a stub says are there on Python 3.`minor`, each once, with its line."""
    told: set[str] = set()
    for node in _statements(tree.body, minor):
        for name in _names(node, stub):
            if name not in told and not name.startswith("_"):
                told.add(name)
                yield name, node.lineno


def _statements(body: list[ast.stmt], minor: int) -> Iterator[ast.stmt]:
    """Yield what a Python reads of a stub: of tests, those of its version alone are known."""
    waiting = body[::-1]
    while waiting:
        node = waiting.pop()
        match node:
            case ast.If(test, then, otherwise):
                held = holds(test, minor, {})
                taken = {True: then, False: otherwise, None: []}[held]
                waiting += taken[::-1]
            case _:
                yield node


def _names(node: ast.stmt, stub: Stub) -> Iterator[str]:
    """Yield what one statement promises; nothing of compound ones, which are tests."""
    match node:
        case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
            if not stub.is_for_types(node):
                yield name
        case ast.AnnAssign(ast.Name(name), annotation):
            if stub.is_value(annotation):
                yield name
        case ast.Assign([ast.Name("__all__")], ast.List(elts) | ast.Tuple(elts)):
            values = (each.value for each in elts if isinstance(each, ast.Constant))
            texts = (value for value in values if isinstance(value, str))
            yield from (name for name in texts if not stub.defines(name))
        case ast.Assign([ast.Name(name)], value):
            # `Alias = int | str` in a stub is a type alias, unless the stub says otherwise.
            if isinstance(value, ast.Constant) and value.value is Ellipsis:
                yield name
        case ast.Import(aliases) | ast.ImportFrom(names=aliases):
            given = (alias.name for alias in aliases if alias.asname == alias.name)
            yield from (name for name in given if not stub.is_imported_for_types(name))
