"""Names that others' modules and classes get: nobody there misses them, or all are invited to."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from modwright_check.index.evidence import Evidence
from modwright_check.model.module_names import packages_around
from modwright_check.model.questions import HasAttributes
from modwright_check.static.names import mentions
from modwright_check.static.reading import read_code

# "This function is intended to be replaced."
_INVITES = re.compile(
    r"\b(?:intended|meant|designed|supposed)\s+to\s+be\s+(?:replaced|overridden|overwritten)\b"
)


class NewNames:
    """Which names are new where they are put.

    No source that speaks of a name has it. Where one does, the module is asked, before the project
    has done anything to it: the word may be that of another class.

    Args:
        evidence: All that is known of the project.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._classes = cache(_classes)  # a file is read once, however many of its classes change

    def are(self, patched: str) -> bool:
        """Return whether all names that are assigned to are new where they are put.

        Args:
            patched: Dotted names of attributes of modules and classes, with commas between them.
        """
        return all(
            not self._is_mentioned(name) or self._is_lacking(name) for name in patched.split(", ")
        )

    def have(self, name: str, value: str) -> bool:
        """Return whether what is assigned to has that value without the project.

        Args:
            name: The dotted name of an attribute.
            value: Plain data, as it is written.
        """
        question = self._question(name)
        answers = self._evidence.answers.to(question).answers if question else ()
        return any(said == "resolves" and more[-1] == value for said, *more in answers)

    def are_up_for_replacement(self, patched: str) -> bool:
        """Return whether the docstrings of functions say that they are there to be replaced.

        Args:
            patched: As for `are`.
        """
        return all(map(self._invites, patched.split(", ")))

    def _invites(self, name: str) -> bool:
        owner, _, attribute = name.rpartition(".")
        file = self._file(owner)
        return file is not None and bool(_INVITES.search(_docstring(attribute, file)))

    def questions(self, patched: str) -> Iterator[HasAttributes]:
        """Yield whether names that the sources speak of are there without the project.

        Args:
            patched: As for `are`.
        """
        for name in patched.split(", "):
            if self._is_mentioned(name) and (question := self._question(name)):
                yield question

    def _is_lacking(self, name: str) -> bool:
        """Return whether a module, or a class in it, has been asked for a name and lacks it."""
        question = self._question(name)
        answers = self._evidence.answers.to(question).answers if question else ()
        owner, _, attribute = name.rpartition(".")
        return any(answer[0] == "lacks" and answer[2:4] == (owner, attribute) for answer in answers)

    def _question(self, name: str) -> HasAttributes | None:
        """Return the question to the innermost module around a name; None for a module itself."""
        if self._file(name):
            return None
        module = next(filter(self._file, packages_around(name)), None)
        return HasAttributes(module, (name.removeprefix(f"{module}."),)) if module else None

    def _is_mentioned(self, name: str) -> bool:
        """Return whether a module or a class may have an attribute, or a package the submodule."""
        if self._file(name):
            return True
        owner, _, attribute = name.rpartition(".")
        file = self._file(owner)
        if file is None:  # it is not a module
            module, _, class_ = owner.rpartition(".")
            file = self._file(module) if module else None
            if file is None or not _is_whole(class_, self._classes(file)):
                return True
        if mentions(file, "__getattr__") or b"import *" in file.read_bytes():
            return True
        return mentions(file, attribute)

    def _file(self, module: str) -> Path | None:
        path = self._evidence.environment.site_packages.joinpath(*module.split("."))
        standard = self._evidence.standard.file(module)
        files = path.with_suffix(".py"), path / "__init__.py", standard
        return next((each for each in files if each and each.is_file()), None)


def _docstring(name: str, file: Path) -> str:
    """Return the docstring of a function at the top of a file, which may be called otherwise."""
    functions: dict[str, str] = {}
    try:
        body = ast.parse(read_code(file)).body
    except (OSError, SyntaxError, ValueError):
        return ""
    for node in body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                functions[node.name] = ast.get_docstring(node) or ""
            case ast.Assign([ast.Name(alias)], ast.Name(function)):
                functions[alias] = functions.get(function, "")
    return functions.get(name, "")


def _classes(file: Path) -> Mapping[str, ast.ClassDef]:
    """Return the classes at the top of a file; none when it cannot be parsed."""
    try:
        tree = ast.parse(read_code(file))
    except (OSError, SyntaxError, ValueError):
        return {}
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def _is_whole(name: str, classes: Mapping[str, ast.ClassDef]) -> bool:
    """Return whether a file defines a class with all that it inherits from."""
    waiting, seen = [name], {"object"}
    while waiting:
        node = classes.get(waiting.pop())
        if node is None or node.keywords:
            return False
        bases = [each.id if isinstance(each, ast.Name) else "" for each in node.bases]
        waiting += (each for each in bases if each not in seen)
        seen |= {*bases, node.name}
    return True
