"""Imports that fail for want of a library, or a program, that they have the system look for.

So do those that say which machine they are for, where that is another one.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePath, PurePosixPath

from modwright_check.index.evidence import Evidence
from modwright_check.index.siblings import is_spoken_of
from modwright_check.model.facts import Fact
from modwright_check.model.import_result import Failed
from modwright_check.static.source import Source

# What the loaders of Linux, macOS and Windows say of a library that was asked for by its name
# alone, and cffi before them. A path is looked for in one place, where the project says that it is.
_NO_LIBRARY = re.compile(
    r"(?:cannot load library '[^'/]+': )?"
    r"(?:(?P<linux>[^\s:/]+): cannot open shared object file"
    r"|dlopen\((?P<macos>[^,/]+), "
    r"|Could not find module '(?P<windows>[^'/\\]+)' \(or one of its dependencies\))"
)
# What `subprocess` says of a program that was asked for by its name alone.
_NO_PROGRAM = re.compile(r"\[Errno 2\] No such file or directory: '(?P<program>[^'/]+)'")
# What systems say of a name that is not in the program itself: `ctypes` looks there for a library
# that it is given no name of, as where `find_library` has found none.
_NOT_IN_THE_PROGRAM = re.compile(
    r"\bpython[\w.]*: undefined symbol: (?P<linux>\w+)$"
    r"|dlsym\(RTLD_DEFAULT, (?P<macos>\w+)\): symbol not found"
)
# What a module says that is for one machine: "can only be run on a Raspberry Pi". Names begin with
# capitals; which Pythons a project is for, it has to declare.
_ON_A_MACHINE = re.compile(
    r"\b(?:[Oo]nly|[Nn]ot running)\b[^.\n]{0,40}\bon (?:an? |the )?(?!Python\b)"
    r"(?P<machine>[A-Z]\w*(?: [A-Z]\w*)?)"
)
_REFUSALS = {"ImportError", "NotImplementedError", "OSError", "RuntimeError"}
# Without what the systems put around it: "libusb-1.0.so.0".
_ITS_NAME = re.compile(r"(?:lib)?(?P<name>[A-Za-z_]{3,})[\w.-]*", re.IGNORECASE)


def facts_of_the_system(failure: Failed, evidence: Evidence) -> Iterator[Fact]:
    """Yield whether the system lacks a library or program, and whether users are told to have it.

    Args:
        failure: Of an import, or of a script.
        evidence: All that is known of the project.
    """
    if machine := _machine(failure, evidence):
        yield Fact.OF_THE_SYSTEM
        if machine in f"{evidence.about.summary} {evidence.about.description}":
            yield Fact.SPOKEN_OF
    library = sought(failure, evidence)
    if library and not held_by_the_wheel(library, evidence):
        yield Fact.OF_THE_SYSTEM
        if _is_told_to_users(library, failure, evidence):
            yield Fact.SPOKEN_OF


def _machine(failure: Failed, evidence: Evidence) -> str | None:
    """Return the machine that an import says it is for, if it has looked at the one that it is on.

    An extension may have; where a module raises the exception in any case, it has not.
    """
    said = _ON_A_MACHINE.search(failure.message)
    if said is None or failure.error not in _REFUSALS:
        return None
    context = evidence.raised_in(failure.frames)
    return None if context and context.certain and not context.tried else said["machine"]


def sought(failure: Failed, evidence: Evidence) -> str | None:
    """Return the library or the program that an import has had the system look for, in vain.

    A loader says so, or the module itself, which has asked `ctypes.util.find_library`.

    Args:
        failure: Of the import.
        evidence: All that is known of the project.
    """
    if asked := _program(failure) or _taken_for_the_program(failure, evidence):
        return asked
    found = _NO_LIBRARY.match(failure.message)
    if found is None or failure.error not in {"OSError", "FileNotFoundError"}:
        return _not_found(failure, evidence)
    return str(next(filter(None, found.groups())))


def _program(failure: Failed) -> str | None:
    """Return the program that could not be started, as none of its name is on the PATH."""
    innermost = failure.frames[-1][0] if failure.frames else ""
    if failure.error != "FileNotFoundError" or PurePath(innermost).name != "subprocess.py":
        return None
    found = _NO_PROGRAM.fullmatch(failure.message)
    return found["program"] if found else None


def _taken_for_the_program(failure: Failed, evidence: Evidence) -> str | None:
    """Return the library that was not found, and of which a name is looked for in the program."""
    said = _NOT_IN_THE_PROGRAM.search(failure.message)
    place = evidence.sources.innermost(failure.frames)
    source = evidence.by_file.get(place[0]) if place else None
    if said is None or failure.error != "AttributeError" or source is None or source.tree is None:
        return None
    symbol, tree = said["linux"] or said["macos"], source.tree
    asked = {
        node.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == symbol
        if isinstance(node.value, ast.Name)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Assign([ast.Name(name)], value) if name in asked:
                if library := next(_looked_for(value), None):
                    return library
    return None


def _looked_for(value: ast.expr) -> Iterator[str]:
    """Yield the libraries that an expression has `find_library` look for."""
    for node in ast.walk(value):
        match node:
            case ast.Call(function, [ast.Constant(str(text))]):
                if ast.unparse(function).rpartition(".")[2] == "find_library":
                    yield text


def _not_found(failure: Failed, evidence: Evidence) -> str | None:
    """Return the library that a module says is missing, for which it asks the system."""
    place = evidence.at(failure.frames)
    source = place[0] if place and evidence.raised_in(failure.frames) else None
    if source is None or source.tree is None or not _asks_the_system(source):
        return None
    said = {word.lower() for word in re.findall(r"\w+", failure.message)}
    for node in ast.walk(source.tree):
        match node:
            case ast.Constant(str(text)) if {text.lower(), _name_of(text).lower()} & said:
                return text
    return None


def _asks_the_system(source: Source) -> bool:
    return any(
        "find_library" in each.names if each.names else each.module == "ctypes.util"
        for each in source.imports
        if each.module in {"ctypes", "ctypes.util"} and "find_library" in source.text
    )


def _name_of(library: str) -> str:
    """Return what people call a library, by its file's name: `usb` for `libusb-1.0.so.0`.

    Nothing is left of what cannot be one.
    """
    found = _ITS_NAME.fullmatch(library)
    return found["name"] if found else ""


def _is_told_to_users(library: str, failure: Failed, evidence: Evidence) -> bool:
    """Return whether a project names a library to its users, who have to get it themselves."""
    place, name = evidence.sources.innermost(failure.frames), _name_of(library)
    source = evidence.by_file.get(place[0]) if place else None
    about = evidence.about.description
    if source is None or not name:
        return False
    return any(is_spoken_of(each, source, (), about) for each in (name, f"lib{name}"))


def held_by_the_wheel(library: str, evidence: Evidence) -> PurePosixPath | None:
    """Return the file of the wheel that a library's name means, where no system looks.

    Args:
        library: Its file's name.
        evidence: All that is known of the project.
    """
    return next((file for file in evidence.files if file.name == library), None)
