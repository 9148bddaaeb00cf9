"""Modules that run in the house of another program, which sets up what they use before."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from packaging.utils import canonicalize_name

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.model.facts import Fact
from modwright_check.model.import_result import NO_ATTRIBUTE, Outcome
from modwright_check.static.reading import read_code
from modwright_check.static.source import Source
from modwright_check.static.stdlib_usage import uses
from modwright_check.wheel.distributions import Distribution
from modwright_check.wheel.modules import Module

# Those of the classifiers "Framework :: …" (PEP 301) that run their users' code, by what is
# imported of them.
_FRAMEWORKS = {
    *("aiohttp", "airflow", "ansible", "bottle", "celery", "cherrypy", "datasette", "django"),
    *("fastapi", "flask", "kedro", "lektor", "litestar", "masonite", "mkdocs", "odoo", "paste"),
    *("pelican", "plone", "pylons", "pyramid", "pytest", "robot", "scrapy", "sphinx", "tg"),
    *("twisted", "wagtail"),
}
# How one exception quotes another: by its class and its text.
_QUOTED = re.compile(r"\b([A-Z]\w+): ")
# What a build back end has, and the file that lies where front ends run it (PEP 517).
_HOOKS = {"build_sdist", "build_wheel"}
_PROJECT = re.compile(r"No such file or directory: 'pyproject\.toml'")
_GIVEN = re.compile(r"\bsys\.(_[A-Za-z]\w*)")

_FOR_TYPES = "Typing :: Stubs Only"


class Hosts:
    """Which failed imports are those of modules that another program runs.

    Args:
        evidence: All that is known of the project.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._origins = evidence.index(Origins)
        classifiers = (each.split(" :: ") for each in evidence.about.classifiers or ())
        # "Framework :: Django :: 5.2"
        self._frameworks = {
            canonicalize_name(parts[1]) for parts in classifiers if parts[0] == "Framework"
        }
        packages = {name for name, source in evidence.read.items() if source.is_package}
        self._defined: dict[tuple[str, str], bool] = {}  # many modules fail by one exception
        self._loaded_by_path = {
            name
            for name in evidence.read.keys() - evidence.importers.keys() - packages
            if name.rpartition(".")[0] not in packages and name.partition(".")[0] in packages
        }

    def facts(self, module: str, missing: str) -> Iterator[Fact]:
        """Yield what a framework has to do with a module that misses it.

        Args:
            module: Its dotted name.
            missing: The module of another distribution that it misses.
        """
        if self._is_framework(missing) or self._meets_a_framework(module, missing):
            yield Fact.OF_ITS_FRAMEWORK
        if self._is_the_one_extended(missing):
            yield Fact.OF_WHAT_IT_EXTENDS

    def _is_framework(self, module: str) -> bool:
        """Return whether a project says by its classifiers that it is for a library."""
        top = module.partition(".")[0]
        names = {top, self._origins.names.likely(module) or top}
        return not self._frameworks.isdisjoint(map(canonicalize_name, names))

    def _meets_a_framework(self, module: str, missing: str) -> bool:
        """Return whether a module, or a package around it, is called like a framework it misses.

        Whoever imports `shop.contrib.django` has a project of Django. Other libraries are called by
        those who import a module, and may not know of them.
        """
        top = missing.partition(".")[0]
        return top in _FRAMEWORKS and top in module.split(".")[1:]

    def _is_the_one_extended(self, module: str) -> bool:
        """Return whether a project is for a framework by its classifiers and its own name alike.

        Whoever installs such a project has the framework already, in a version of their own choice,
        and that runs it: some projects leave it to them on purpose. So has whoever installs what
        describes a library to type checkers, and says of itself that it does no more; and whoever
        is told to install the library with the extra that brings such a project.
        """
        top = module.partition(".")[0]
        likely = self._origins.names.likely(module)
        own = canonicalize_name(self._evidence.about.name)
        names = {canonicalize_name(each) for each in (top, likely) if each}
        extended = [each for each in names if extends(own, each)]
        is_for_types = _FOR_TYPES in (self._evidence.about.classifiers or ())
        is_for_it = is_for_types or (top in _FRAMEWORKS and self._is_framework(module))
        return bool(extended) and (is_for_it or any(map(self._is_brought_by, extended)))

    def _is_brought_by(self, distribution: str) -> bool:
        """Return whether the description tells to install a distribution with an extra of it."""
        told = rf"\bpip install [\"']?{re.escape(distribution)}\["
        return re.search(told, self._evidence.about.description or "") is not None

    def is_made_for(self, distribution: str) -> bool:
        """Return whether a project extends a distribution, by its classifiers or its own name.

        Args:
            distribution: Its canonical name; `flask-tea` extends `flask`, and `pot-flask-tea` too.
        """
        own = canonicalize_name(self._evidence.about.name)
        return distribution in self._frameworks or extends(own, distribution)

    def of(self, module: Module) -> str | None:
        """Return the program that sets up what a module has missed; None when there is none.

        A private name of the standard library that Python does not have is set by a program that
        Python is a part of, as frozen programs set `sys._MEIPASS`: nobody writes it by mistake.

        A build back end is imported by front ends, which run it in the folder of the project that
        they build.

        A dependency, or the project for its own templates, says so by a stub that holds more than
        its module. A dependency may say it by raising an exception as well: then the project must
        be for that framework by its classifiers, or the module one that only a path leads to, or
        the exception one of a framework's own. A library that has called the framework may quote
        that exception in its own.

        Args:
            module: Of the wheel.
        """
        outcome = self._evidence.outcomes.get(module.name)
        if outcome is None or outcome.loaded or outcome.exits:
            return None
        said = NO_ATTRIBUTE.match(outcome.message) if outcome.error == "AttributeError" else None
        if said and said["module"] in self._evidence.standard and said["name"].startswith("_"):
            return f"the program that sets {said['module']}.{said['name']}"
        if _PROJECT.search(outcome.message) and self._is_a_back_end(module.name):
            return "the program that builds a project"
        if host := self._promising(outcome):
            return host.title
        raising = self._raising(outcome)
        if raising and (
            raising.name in self._frameworks
            or module.name in self._loaded_by_path
            or self._waits_to_be_set_up(raising, outcome, module.name)
        ):
            return raising.title
        quoted = self._quoted(outcome)
        return quoted.title if quoted else None

    def _is_a_back_end(self, module: str) -> bool:
        source = self._evidence.read.get(module)
        return source is not None and set(source.definitions) >= _HOOKS

    @cached_property
    def houses(self) -> frozenset[str]:
        """The modules that run inside a program which Python is a part of, whoever starts it.

        They use a private name that the program gives to `sys`, unprepared for its absence, and no
        module of the project imports them. If that holds of most modules of a package, the others
        are there for the same program.
        """
        inside = {name for name, source in self._evidence.read.items() if self._is_inside(source)}
        beside: dict[str, set[str]] = defaultdict(set)
        for name, source in self._evidence.read.items():
            if not source.is_package:
                beside[name.rpartition(".")[0]].add(name)
        for package, names in beside.items():
            theirs = names - self._evidence.importers.keys()
            if "." in package and 2 * len(inside & names) > len(names):
                inside |= theirs
        return frozenset(inside)

    def _is_inside(self, source: Source) -> bool:
        if source.module in self._evidence.importers:
            return False
        given = {*_GIVEN.findall(source.text)} - self._evidence.environment.info.private_names
        wanted = {f"sys:{name}" for name in given}
        found = uses(source, wanted) if wanted else ()
        return any(not use.context.may_lack_names for use in found)

    def _promising(self, outcome: Outcome) -> Distribution | None:
        """Return the distribution whose stub promises what its module did not have."""
        said = NO_ATTRIBUTE.match(outcome.message) if outcome.error == "AttributeError" else None
        if not said or not is_promised(said["module"], said["name"], self._origins):
            return None
        match self._origins.of(said["module"]):
            case Origin.INSTALLED:
                return next(iter(self._origins.bringing(said["module"])), None)
            case Origin.OWN:
                return self._origins.installed.distributions.get(self._origins.own)
        return None

    def _raising(self, outcome: Outcome) -> Distribution | None:
        """Return the other distribution whose own code has raised the exception."""
        if outcome.missing or not outcome.frames:
            return None
        file, line = outcome.frames[-1]
        name = self._origins.installed.module(file)
        if name is None or self._origins.of(name) is Origin.OWN:
            return None
        if not self._is_raised(Path(file), line):
            return None
        return next(iter(self._origins.bringing(name)), None)

    def _waits_to_be_set_up(self, framework: Distribution, outcome: Outcome, module: str) -> bool:
        """Return whether a framework that is depended on refuses, by an exception of its own.

        So Django does before it has its settings. The package around the module imports without.
        """
        package = self._evidence.outcomes.get(module.partition(".")[0])
        return (
            not _FRAMEWORKS.isdisjoint(framework.modules)
            and framework.name in self._origins.declared.always
            and package is not None
            and package.loaded
            and self._defines(framework, outcome.error or "")
        )

    def _quoted(self, outcome: Outcome) -> Distribution | None:
        """Return the framework of the project, by its classifiers, whose exception is quoted.

        The project itself has not raised what quotes it.
        """
        if outcome.missing or self._evidence.raised_in(outcome.frames):
            return None
        installed = self._origins.installed.distributions
        frameworks = [installed[name] for name in sorted(self._frameworks & installed.keys())]
        for name in dict.fromkeys(_QUOTED.findall(outcome.message)):
            for framework in frameworks:
                if self._defines(framework, name):
                    return framework
        return None

    def _defines(self, distribution: Distribution, name: str) -> bool:
        """Return whether a module of a distribution defines a class at its top."""
        if (distribution.name, name) not in self._defined:
            pattern = re.compile(rf"^class {name}\b", re.MULTILINE)
            found = self._origins.is_written_in(distribution, pattern)
            self._defined[distribution.name, name] = found
        return self._defined[distribution.name, name]

    def _is_raised(self, path: Path, line: int) -> bool:
        walk = self._evidence.walk_over(path)
        there = walk.at(line) if walk else None
        return there is not None and isinstance(there[0], ast.Raise)


def extends(distribution: str, other: str) -> bool:
    """Return whether a distribution extends another, by its name.

    `flask-tea` extends `flask`, and `pot-flask-tea` too.

    Args:
        distribution: Its canonical name.
        other: That of the other.
    """
    return distribution != other and f"-{other}-" in f"-{distribution}-"


def is_promised(module: str, name: str, origins: Origins) -> bool:
    """Return whether the stub of an installed module gives it a name, be it only as it runs.

    Args:
        module: Of another distribution.
        name: A variable or a function; classes may be there for types alone.
        origins: Where modules come from.
    """
    file = origins.installed.file(module)
    try:
        tree = ast.parse(read_code(file.with_suffix(".pyi")) if file else "")
    except (OSError, SyntaxError, ValueError):
        return False
    for node in tree.body:
        match node:
            case ast.AnnAssign(ast.Name(found)) | ast.FunctionDef(found) if found == name:
                return True
    return False
