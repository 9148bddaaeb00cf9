"""Why an extension module cannot be loaded."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import Distribution

from modwright_check.index.evidence import Evidence
from modwright_check.model.exit_status import is_crash, signal_name
from modwright_check.model.import_result import Effect, Frame, Outcome
from modwright_check.static.source import Import, Source, Where
from modwright_check.static.statement_at import statement_at
from modwright_check.wheel.extension_files import Extension, installed_extensions, machines
from modwright_check.wheel.modules import Module

# What the loaders of Linux, macOS and Windows say, in that order.
_UNDEFINED = re.compile(
    r"undefined symbol: (?P<symbol>\w+)"
    r"|[Ss]ymbol not found(?: in flat namespace)?:? \(?'?_?(?P<of_macos>\w+)"
    r"|The specified procedure could not be found",
)
_NO_LIBRARY = re.compile(
    r"(?P<library>[^\s:]+): cannot open shared object file"
    r"|Library not loaded: (?P<of_macos>\S+)"
    r"|The specified module could not be found"
)
# What Python's own loader says (importdl.c, moduleobject.c).
_NO_INITIALISER = re.compile(
    r"does not define (?:module export|init) function \((?:\w+ or )?(?P<name>\w+)\)"
)
_BAD_INITIALISER = re.compile(
    r"initiali[sz]ation of \S+ (?:failed without raising|did not return|raised unreported)"
    r"|(?:creation|execution|export hook) (?:of|for) .+ (?:failed without|raised unreported)"
    r"|init function of \S+ returned uninitialized object"
)
_OF_ANOTHER = re.compile(
    # of another machine or system
    r"wrong ELF class|invalid ELF header|incompatible architecture|not a mach-o file"
    r"|is not a valid Win32 application|file too short|ELF file's phentsize"
    r"|version `(?:GLIBC|GLIBCXX|CXXABI)_[\d.]+' not found|libpython\d[\w.]*: cannot open"
    # of another Python: CPython itself, pybind11, Cython
    r"|uses unknown slot ID|was compiled for Python |compile time (?:Python )?version"
)


@dataclass(frozen=True)
class ExtensionFailure:
    """An extension that does not load.

    Args:
        extension: Which one.
        code: Of the catalogue: MW801 to MW804.
        message: What is wrong.
        hint: What to do about it.
        lacks_a_library: Whether it is another library that is not there.
    """

    extension: Extension
    code: str
    message: str
    hint: str
    lacks_a_library: bool = False


class Extensions:
    """The extensions of a wheel, and whose fault a failed import is.

    Args:
        evidence: All that is known of the project.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence

    @cached_property
    def files(self) -> dict[str, list[Extension]]:
        """Return the files of each module; there are several when each is for another Python."""
        folder = str(self._evidence.environment.site_packages)
        name = str(self._evidence.about.name)
        files: dict[str, list[Extension]] = {}
        for distribution in Distribution.discover(name=name, path=[folder]):
            for extension in installed_extensions(distribution):
                files.setdefault(extension.module, []).append(extension)
        return files

    def imports_of(self, module: str) -> Iterator[tuple[Source, Import]]:
        """Yield each import of a module that runs, and the source that it stands in."""
        for source in self._evidence.read.values():
            for each in source.imports:
                if each.where is not Where.FOR_TYPES and module in _names(each):
                    yield source, each

    def is_for_this_python(self, extension: Extension) -> bool:
        """Return whether the interpreter takes a file for an extension by its name (PEP 3149)."""
        minor = int(self._evidence.environment.version.split(".")[1])
        system, here = _system(extension), "".join(self._machines_here)
        return extension.minor in {None, minor} and (not here or system in here)

    @cached_property
    def _machines_here(self) -> frozenset[str]:
        return machines(self._evidence.environment.python)

    def behind(self, module: Module, effect: Effect) -> Extension | None:
        """Return the extension whose loading had an effect that no line of Python explains.

        Args:
            module: What was imported.
            effect: What was seen then.
        """
        if effect.file is not None and effect.line is not None:
            return self._imported_at([(effect.file, effect.line)])
        if any(name in self._evidence.names for name in self._others(module, effect)):
            return None
        return next(iter(self.files.get(module.name, ())), None)

    def _others(self, module: Module, effect: Effect) -> Iterator[str]:
        """Yield what else has been loaded with a module and may have had the effect."""
        outcomes = self._evidence.outcomes
        outcome = outcomes.get(module.name)
        for load in outcome.loads if outcome else ():
            is_package = module.name.startswith(f"{load.name}.")
            of_its_own = outcomes[load.name].effects if load.name in outcomes else ()
            kinds = {one.kind for one in of_its_own}
            if load.name != module.name and not (is_package and effect.kind not in kinds):
                yield load.name

    def failure(self, module: Module, outcome: Outcome) -> ExtensionFailure | None:
        """Return which extension of the wheel is to blame for an import, and why it does not load.

        An exception that an extension raises in its own code, as one of Cython's may as well as
        any module in Python, is not a failure to load it.

        Args:
            module: What was imported.
            outcome: What was seen.

        Returns:
            None when the import did not fail, or not by an extension of the wheel.
        """
        if outcome.loaded or not self.files:
            return None
        if outcome.error is None:
            return self._crash(module, outcome)
        if outcome.missing:
            return self._not_found(outcome.missing)
        extension = self._named_in(outcome.message)
        if extension is None and not self._names_another(outcome.message):
            extension = self._asked_for(module, outcome)
        return self._refused(extension, outcome.message) if extension else None

    def _crash(self, module: Module, outcome: Outcome) -> ExtensionFailure | None:
        code = outcome.exit_code
        if code is None or not is_crash(code):
            return None
        extension = self._asked_for(module, outcome)
        if extension is None:
            return None
        return ExtensionFailure(
            extension,
            "MW804",
            f"{extension.path} crashes the interpreter when it is loaded: {signal_name(code)}",
            f'Run `python -X faulthandler -c "import {module.name}"` with a debug build of it.',
        )

    def _not_found(self, missing: str) -> ExtensionFailure | None:
        if missing not in self.files:
            return None
        extension = self.files[missing][0]
        return ExtensionFailure(extension, "MW803", self.passed_over(extension), BUILD_FOR_EACH)

    def passed_over(self, extension: Extension) -> str:
        """Return the message about a file that this Python does not recognise as an extension."""
        version = self._evidence.environment.version
        path = extension.path
        tagged = "its file name is tagged for another version or platform"
        return f"Python {version} ignores {path}: {tagged}"

    def _refused(self, extension: Extension, said: str) -> ExtensionFailure | None:
        """Return what the loader's words mean; None when they are not the loader's."""
        path = extension.path
        if foreign := self._foreign(extension, said):
            return ExtensionFailure(extension, "MW803", f"{path} {foreign}", BUILD_FOR_EACH)
        if undefined := _UNDEFINED.search(said):
            symbol = undefined["symbol"] or undefined["of_macos"] or "a symbol"
            hint = _OTHER_HEADERS if symbol.startswith(("Py", "_Py")) else _LINK
            return ExtensionFailure(
                extension, "MW801", f"{path} needs the undefined symbol {symbol}", hint
            )
        if missing := _NO_LIBRARY.search(said):
            library = missing["library"] or missing["of_macos"] or "a shared library"
            return ExtensionFailure(
                extension,
                "MW801",
                f"{path} needs {library}, which is not installed",
                _BUNDLE,
                lacks_a_library=True,
            )
        if absent := _NO_INITIALISER.search(said):
            message = f"{path} does not define the init function {absent['name']}"
            hint = name_initialiser(absent["name"])
            return ExtensionFailure(extension, "MW802", message, hint)
        if _BAD_INITIALISER.search(said):
            shown = self._evidence.sources.shortened(said)
            message = f"{path} has an init function that breaks the protocol: {shown}"
            return ExtensionFailure(extension, "MW802", message, _RAISE)
        return None

    def _foreign(self, extension: Extension, said: str) -> str | None:
        """Return in what a file is made for another place than this."""
        if _OF_ANOTHER.search(said):
            return f"cannot be loaded here: {self._evidence.sources.shortened(said)}"
        if not (_NO_LIBRARY.search(said) or "ELF" in said or "dlopen" in said or "DLL" in said):
            return None
        environment = self._evidence.environment
        built_for = machines(environment.site_packages / extension.path)
        ours = self._machines_here
        if not ours or built_for & ours:
            return None
        return f"is built for {_listed(built_for)}, but this Python for {_listed(ours)}"

    def _named_in(self, message: str) -> Extension | None:
        """Return the extension whose file an error message names."""
        folder = self._evidence.environment.site_packages
        for extension in self._all():
            if str(folder / extension.path) in message:
                return extension
        return None

    def _names_another(self, message: str) -> bool:
        """Return whether an error message names a file that is somebody else's."""
        return str(self._evidence.environment.site_packages) in message

    def _asked_for(self, module: Module, outcome: Outcome) -> Extension | None:
        """Return the extension that the innermost line of the project imports.

        Without such a line the import itself asked for it.
        """
        if self._evidence.sources.innermost(outcome.frames):
            return self._imported_at(outcome.frames)
        return next(iter(self.files.get(module.name, ())), None)

    def _imported_at(self, frames: Iterable[Frame]) -> Extension | None:
        place = self._evidence.sources.innermost(frames)
        if place is None:
            return None
        imports = _imports_at(self._evidence.by_file.get(place[0]), place[1])
        asked = {name for each in imports for name in _names(each)}
        return next((each for each in self._all() if each.module in asked), None)

    def _all(self) -> Iterator[Extension]:
        for files in self.files.values():
            yield from files


BUILD_FOR_EACH = (
    "Build a wheel for each version and platform, or one for the stable ABI (abi3), "
    "and let the build back end choose the file name."
)
_OTHER_HEADERS = (
    "Build with the headers of the Python that loads it: the symbol is part of its C API."
)
_LINK = "Add the source file or the library that defines the symbol to the extension's build."
_BUNDLE = "Bundle it with auditwheel, delocate or delvewheel, or link it statically."
_RAISE = "Return a module or a module definition, or NULL with an exception set."


def name_initialiser(function: str) -> str:
    """Return the hint to give an init function the name that Python looks for."""
    return f"Name the init function `{function}`."


def _system(extension: Extension) -> str:
    """Return the format of a file judging by its name; empty when it is not known."""
    if extension.path.suffix == ".pyd":
        return "PE"
    by_word = {"darwin": "Mach-O", "linux": "ELF"}
    return next((form for word, form in by_word.items() if word in extension.tag), "")


def _imports_at(source: Source | None, line: int) -> Iterator[Import]:
    if source is None or source.tree is None:
        return
    statement = statement_at(source.tree, line)
    for each in source.imports:
        if statement and statement.lineno <= each.line <= (statement.end_lineno or line):
            yield each


def _names(statement: Import) -> set[str]:
    """Return the modules that an import may load; a name can be an attribute as well."""
    return {statement.module, *(f"{statement.module}.{name}" for name in statement.names)}


def _listed(built_for: frozenset[str]) -> str:
    return " and ".join(sorted(built_for)) or "no machine (it is not a binary)"
