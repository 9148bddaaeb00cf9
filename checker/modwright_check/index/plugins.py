"""Plugins of other programs, which load them: nothing of the project itself leads there."""

import ast
import re
from collections.abc import Callable, Iterator

from packaging.utils import canonicalize_name

from modwright_check.index.evidence import Evidence
from modwright_check.index.reach import Reach
from modwright_check.index.siblings import carries, names_around
from modwright_check.model.module_names import is_of_tests
from modwright_check.static.dotted_names import dotted, origins
from modwright_check.static.source import Source

_PLUGIN = re.compile("plug-?in", re.IGNORECASE)
# Programs that load modules by their names and call functions in them, by how these are called; and
# what comes with each of these programs.
_CALLED_BY = {
    "sphinx": (re.compile("setup"), {"sphinx", "docutils"}),
    "IPython": (re.compile("load_ipython_extension"), {"IPython", "traitlets"}),
    "pytest": (re.compile(r"pytest_\w+"), {"pytest", "_pytest", "pluggy"}),
    "mypy": (re.compile("plugin"), {"mypy"}),
    # https://docs.gunicorn.org/en/stable/settings.html#server-hooks
    "gunicorn": (
        re.compile(
            "on_starting|on_reload|on_exit|when_ready|(pre|post)_(fork|request)|post_worker_init|"
            "worker_(int|abort|exit)|child_exit|pre_exec|nworkers_changed|ssl_context"
        ),
        {"gunicorn"},
    ),
}
# Programs that look into folders of such names for modules with such a class or variable, or for a
# file of such a name:
# https://docs.djangoproject.com/en/stable/howto/custom-management-commands/
# https://docs.djangoproject.com/en/stable/howto/custom-template-tags/
# https://docs.gunicorn.org/en/stable/configure.html
_FOUND_BY: dict[str, tuple[tuple[re.Pattern[str], str | None], ...]] = {
    "django": (
        (re.compile(r".+\.management\.commands\.[^\W_][^.]*"), "Command"),
        (re.compile(r".+\.templatetags\.[^.]+"), "register"),
    ),
    "gunicorn": ((re.compile(r"(.+\.)?gunicorn\.conf"), None),),
}


class Plugins:
    """Which modules are plugins of the very library that they miss.

    That library loads them, so it is there whenever they run. A name alone shows nothing: a
    module called `compass_plugin` may use compass, and have forgotten to declare it. A plugin
    puts itself into the hands of its host: a class derives from a class of it, or a function is
    decorated by it.

    Args:
        evidence: All that is known of the project.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._reach = evidence.index(Reach)

    def is_loaded_by(self, host: str, module: str) -> bool:
        """Return whether a module is a plugin of a library, or is imported by such plugins alone.

        Args:
            host: A module of the library, which is missing.
            module: The dotted name of the module that misses it.
        """
        top = host.partition(".")[0]
        if self._is_found_by(top, module):
            return True
        if self._leads_from(module, lambda name: self._is_called_by_what_brings(top, name)):
            return True
        return self._reach.is_left_aside(module) and self._leads_from(
            module, lambda name: _is_plugin(self._evidence.read.get(name), top)
        )

    def _leads_from(self, module: str, is_loaded: Callable[[str], bool]) -> bool:
        """Return whether a program loads a module, or all those by which one comes to it.

        Args:
            module: Its dotted name.
            is_loaded: Whether the program loads a module of such a name itself.
        """
        loaded, waiting = 0, [module]
        seen = set(waiting)
        while waiting:
            name = waiting.pop()
            if is_loaded(name):
                loaded += 1
                continue
            importers = {each.source.module for each in self._evidence.importers.get(name, ())}
            if not importers:
                return False
            waiting += importers - seen
            seen |= importers
        return loaded > 0

    def are_called_by(self, distribution: str) -> bool:
        """Return whether a module of the project, tests aside, is an extension of a program.

        Args:
            distribution: Of the program, by its canonical name.
        """
        return any(
            _is_called_by(program, source)
            for program in _CALLED_BY
            if canonicalize_name(program) == distribution
            for name, source in self._evidence.read.items()
            if not is_of_tests(name)
        )

    def calls(self, function: str, library: str) -> bool:
        """Return whether a program that has a library with it calls functions of such a name.

        Args:
            function: The name.
            library: A module of it.
        """
        top = library.partition(".")[0]
        return any(
            top in brought and called.fullmatch(function) for called, brought in _CALLED_BY.values()
        )

    def _is_called_by_what_brings(self, top: str, module: str) -> bool:
        """Return whether a module is an extension of a program that has a library with it.

        Tests may import it, which have that program, and so may what the program calls as well.
        """
        source = self._evidence.read.get(module)
        if source is None:
            return False
        is_used = self._reach.is_imported_for_use(module)
        return any(
            self._is_imported_by_what_is_called(called, module)
            or (not is_used and _is_called_by(program, source, top))
            for program, (called, brought) in _CALLED_BY.items()
            if top in brought
        )

    def _is_imported_by_what_is_called(self, called: re.Pattern[str], module: str) -> bool:
        """Return whether all imports of a module stand in functions that a program calls."""
        statements = [each.statement for each in self._evidence.importers.get(module, ())]
        return bool(statements) and all(
            any(map(called.fullmatch, names_around(each))) for each in statements
        )

    def _is_found_by(self, top: str, module: str) -> bool:
        """Return whether a program finds a module by its place, and what it looks for is there.

        Nobody else comes to it, so the program is there as well.
        """
        source = self._evidence.read.get(module)
        if source is None or self._reach.is_imported_for_use(module):
            return False
        return any(
            place.fullmatch(module) and (name is None or name in set(_defined(source.tree)))
            for place, name in _FOUND_BY.get(top, ())
        )


def is_found_by_its_place(name: str, tree: ast.Module) -> bool:
    """Return whether a program looks where a file lies, and finds there what it looks for.

    It loads the file by its name, which need not be one that an import statement can name.

    Args:
        name: The dotted name that the file would have as a module.
        tree: Its code.
    """
    return any(
        place.fullmatch(name) and (wanted is None or wanted in set(_defined(tree)))
        for places in _FOUND_BY.values()
        for place, wanted in places
    )


def _is_called_by(program: str, source: Source, missing: str = "") -> bool:
    """Return whether a module has a function that a program calls, and names that program.

    Some do in types alone, others are called like it, or miss it by way of what they import.
    """
    called, _ = _CALLED_BY[program]
    named = {each.top for each in source.imports} | {source.module.rpartition(".")[2], missing}
    return program in named and any(called.fullmatch(node.name) for node in _functions(source))


def _defined(tree: ast.Module | None) -> Iterator[str]:
    """Yield the classes and variables of a module's top level."""
    for node in tree.body if tree else ():
        match node:
            case ast.ClassDef(name) | ast.Assign([ast.Name(name)]):
                yield name


def _functions(source: Source) -> Iterator[ast.FunctionDef]:
    body = source.tree.body if source.tree else ()
    yield from (node for node in body if isinstance(node, ast.FunctionDef))


def _is_plugin(source: Source | None, top: str) -> bool:
    """Return whether a module is made for a library, by what it hands over and by its name."""
    if source is None:
        return False
    handed_over = list(_handed_over(source, top))
    parts = source.module.split(".")[1:]
    is_called_so = any(map(_PLUGIN.search, parts)) and any(carries(part, top) for part in parts)
    return bool(handed_over) and (is_called_so or any(map(_PLUGIN.search, handed_over)))


def _handed_over(source: Source, top: str) -> Iterator[str]:
    """Yield the dotted names of a library that classes derive from, and that decorate functions."""
    names = origins(source)
    for node in source.tree.body if source.tree else ():
        match node:
            case ast.ClassDef(bases=bases):
                used = bases
            case ast.FunctionDef(decorator_list=used) | ast.AsyncFunctionDef(decorator_list=used):
                pass
            case _:
                continue
        for each in used:
            name = dotted(each.func if isinstance(each, ast.Call) else each, names)
            if name.partition(".")[0] == top:
                yield name
