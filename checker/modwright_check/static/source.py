"""A module's source, read once: what it imports where, what it defines, how it exports."""

import ast
import re
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import decode_source
from pathlib import Path

from modwright_check.static.bindings import Binding
from modwright_check.static.conditions import Asks
from modwright_check.static.context import Context, Where
from modwright_check.static.flags import Flag
from modwright_check.static.imports import Import
from modwright_check.static.lines import lines_of
from modwright_check.static.reading import read_code
from modwright_check.static.version_tests import InEach
from modwright_check.static.walker import Walk
from modwright_check.wheel.modules import Module
from modwright_check.wheel.source_map import SourceMap

__all__ = ["Import", "Source", "Where", "read_source", "read_sources"]

MOST = 256 << 20  # characters of all sources of a project
# Takes the files that this Python cannot parse; returns what a newer one makes of them.
Parser = Callable[[Sequence[Path]], Mapping[Path, ast.Module | SyntaxError]]

_HANDED_ON = 5  # from module to module: a flag is not handed far
_ASKS_FOR_THE_VERSION = re.compile("version_info|hexversion")


@dataclass(frozen=True)
class Source:
    """The source of one module.

    Args:
        module: Its dotted name.
        is_package: Whether it is an `__init__.py`.
        file: In the project, relative to its folder (what a finding names).
        text: The source, decoded as Python decodes it; empty when it does not decode.
        tree: The syntax tree; None when nobody here can parse it.
        error: Why it cannot be decoded or parsed.
        walk: All that its statements say, with what stands around each; None without a tree.
        imports: In the order of their lines. They know what other modules' flags say.
        is_newer: Whether a newer Python has parsed it, since this one cannot.
    """

    module: str
    is_package: bool
    file: str
    text: str
    tree: ast.Module | None
    error: SyntaxError | UnicodeDecodeError | None
    walk: Walk | None = field(default=None, repr=False, compare=False)
    imports: tuple[Import, ...] = ()
    is_newer: bool = False

    def line(self, number: int) -> str:
        """Return a line; empty where there is none, as of code that the module has put together.

        Args:
            number: From 1 on.
        """
        return next(iter(lines_of(self.text)[number - 1 : number]), "")

    @property
    def bindings(self) -> Sequence[Binding]:
        """Return what the module's top level binds, in the order of its source."""
        return self.walk.bindings.found if self.walk else ()

    @property
    def definitions(self) -> Mapping[str, int]:
        """Return the names that the module's own top level binds, with their first lines.

        What is bound for type checkers only, or only when the module is run, is not among them.
        """
        return self.walk.definitions if self.walk else {}

    @property
    def exported(self) -> tuple[str, ...] | None:
        """Return the entries of `__all__` as far as they are literal; None without `__all__`."""
        names = self.walk.exported.names if self.walk else None
        return None if names is None else tuple(names)

    @property
    def flags(self) -> Mapping[str, Flag]:
        """Return what its own names tell to those who ask for them before they import something."""
        return self.walk.flags if self.walk else {}

    @property
    def main_guard(self) -> int | None:
        """Return the line of `if __name__ == "__main__":`; None without one."""
        return self.walk.main_guard if self.walk else None

    def at(self, line: int) -> tuple[ast.stmt, Context] | None:
        """Return the innermost statement at a line, and what stands around it.

        Args:
            line: From 1 on, as a traceback names it.

        Returns:
            None when no statement is there, or the source cannot be parsed.
        """
        return self.walk.at(line) if self.walk else None

    @property
    def package(self) -> str:
        """Return the package that the module's relative imports start from."""
        return self.module if self.is_package else self.module.rpartition(".")[0]


def read_sources(sources: SourceMap, newer: Parser = lambda _files: {}) -> dict[str, Source]:
    """Return the source of each module that has one, by the module's name.

    Of files that are too large, and of those that come after `MOST` bytes, there is none.

    Args:
        sources: The wheel's modules, and where their files lie.
        newer: A newer Python's parser, for what this one cannot parse.
    """
    read: dict[Module, Source] = {}
    left = MOST
    for module in sources.modules:
        if left > 0 and (source := read_source(module, sources)):
            read[module] = source
            left -= len(source.text)
    by_name = {source.module: source for source in read.values()}
    files = {
        sources.installed(module.path): source
        for module, source in read.items()
        if isinstance(source.error, SyntaxError)
    }
    for file, made in newer(list(files)).items():
        by_name[files[file].module] = _of_a_newer(files[file], made)
    own = frozenset(name.partition(".")[0] for name in by_name)
    by_name = _with_versions_of_others(by_name)
    return {name: _with_flags_of_others(source, by_name, own) for name, source in by_name.items()}


def _with_versions_of_others(read: Mapping[str, Source]) -> dict[str, Source]:
    """Return the sources, of which those that ask other modules for the version know the answer."""
    flags = {
        f"{source.module}.{name}": known
        for source in read.values()
        if source.walk and _ASKS_FOR_THE_VERSION.search(source.text)
        for name, known in source.walk.flags_of_versions.items()
    }
    if not flags:
        return dict(read)
    return {name: _with_versions(source, read, flags) for name, source in read.items()}


def _with_versions(
    source: Source, read: Mapping[str, Source], flags: Mapping[str, InEach]
) -> Source:
    given = dict(_given(source, read, flags))
    if source.tree is None or not given:
        return source
    walk = Walk(source.tree, source.text, source.module, source.package, given)
    return replace(source, walk=walk, imports=tuple(walk.imports))


def _given(
    source: Source, read: Mapping[str, Source], flags: Mapping[str, InEach]
) -> Iterator[tuple[str, InEach]]:
    """Yield the flags of other modules that a module imports, as it calls them."""
    for called, dotted in source.walk.imported_names.items() if source.walk else ():
        origin = _origin(dotted, read, flags)
        if origin in flags:
            yield called, flags[origin]
        for flag, known in flags.items():
            if flag.startswith(f"{origin}."):
                yield f"{called}{flag.removeprefix(origin)}", known


def _origin(name: str, read: Mapping[str, Source], flags: Collection[str]) -> str:
    """Return where a name comes from, through the modules that hand it on."""
    for _ in range(_HANDED_ON):
        module, _, entry = name.rpartition(".")
        walk = read[module].walk if module in read else None
        if name in flags or name in read or walk is None or entry not in walk.imported_names:
            break
        name = walk.imported_names[entry]
    return name


def _with_flags_of_others(
    source: Source, read: Mapping[str, Source], own: frozenset[str]
) -> Source:
    """Return a source whose imports know what the flags of other modules say that they ask for."""
    if not any(statement.flags for statement in source.imports):
        return source
    imports = tuple(_with_flags(statement, read, own) for statement in source.imports)
    return replace(source, imports=imports)


def _with_flags(statement: Import, read: Mapping[str, Source], own: frozenset[str]) -> Import:
    asks = Asks.NOTHING
    for name, wanted in statement.flags:
        match _told(name, read):
            case Asks() as asked:
                asks |= asked
            case bool(value) if wanted is not None and value != wanted:
                # As it is, nothing gets here; but who sets it means to have what is the project's.
                asks |= Asks.NOTHING if statement.module.partition(".")[0] in own else Asks.PRESENCE
    return replace(
        statement,
        guarded=statement.guarded or Asks.PRESENCE in asks,
        platforms=statement.platforms or Asks.PLATFORM in asks,
    )


def _told(name: str, read: Mapping[str, Source]) -> Flag | None:
    """Return what a flag tells, through the modules that hand it on."""
    for _ in range(_HANDED_ON):
        module, _, entry = name.rpartition(".")
        flag = read[module].flags.get(entry) if module in read else None
        if not isinstance(flag, str):
            return flag
        name = flag
    return None


def read_source(module: Module, sources: SourceMap) -> Source | None:
    """Return the source of a module as it is installed; None for an extension, or a file too large.

    Args:
        module: Of the wheel.
        sources: Where its file lies.
    """
    if module.path.suffix != ".py":
        return None
    try:
        content = read_code(sources.site_packages / module.path)
    except OSError:
        return None
    is_package = module.path.name == "__init__.py"
    about = (module.name, is_package, sources.in_project(module.path))
    package = module.name if is_package else module.name.rpartition(".")[0]
    try:
        text = _decoded(content)
    except (SyntaxError, UnicodeDecodeError) as error:
        return Source(*about, "", None, error)
    try:
        tree = _parsed(text)
        walk = Walk(tree, text, module.name, package)
    except SyntaxError as error:
        return Source(*about, text, None, error)
    except RecursionError:
        return Source(*about, text, None, SyntaxError("it is nested too deeply"))
    return Source(*about, text, tree, None, walk, tuple(walk.imports))


def _of_a_newer(source: Source, made: ast.Module | SyntaxError) -> Source:
    """Return a source as a newer Python has parsed it."""
    if isinstance(made, SyntaxError):
        return replace(source, error=made, is_newer=True)
    try:
        walk = Walk(made, source.text, source.module, source.package)
    except RecursionError:
        return source
    imports = tuple(walk.imports)
    return replace(source, tree=made, error=None, walk=walk, imports=imports, is_newer=True)


def _decoded(content: bytes) -> str:
    """Return source as Python decodes it: byte order mark, coding cookie (PEP 263), newlines."""
    try:
        return decode_source(content)
    except UnicodeDecodeError:
        raise
    except (LookupError, ValueError) as error:  # a codec that is none for text, such as rot13
        raise SyntaxError(str(error)) from error


def _parsed(text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes are not ours to tell
        try:
            return ast.parse(text)
        except (MemoryError, RecursionError):
            raise SyntaxError("it is nested too deeply") from None
        except ValueError as error:  # it holds null bytes, or half a character
            raise SyntaxError(str(error)) from error
