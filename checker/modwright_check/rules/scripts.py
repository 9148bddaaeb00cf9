"""Scripts that are run by their path: MW902."""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZipFile

from modwright_check.index.evidence import Evidence
from modwright_check.index.machine import facts_of_the_machine
from modwright_check.index.siblings import is_called_optional
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.module_names import is_vendored
from modwright_check.model.python_versions import minor_of
from modwright_check.model.questions import Question, RunsByPath
from modwright_check.model.report import Finding
from modwright_check.model.trial import Raised
from modwright_check.rules.by_path import invites
from modwright_check.rules.main_modules import FOLLOW
from modwright_check.static.script import data_scripts, is_for_python, lines_before_action
from modwright_check.static.standard_modules import StandardModules


def questions(evidence: Evidence) -> Iterator[Question[Any]]:
    """Yield what is to be tried of scripts, short of running them.

    Args:
        evidence: All that is known of the project.
    """
    yield from (script.question for script in _scripts(evidence) if script.question)


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield scripts that fail when they are run by their path.

    None is run: each is followed up to its main guard, or to the first thing that it does.

    Args:
        evidence: All that is known of the project.
    """
    for script in _scripts(evidence):
        yield from _by_path(evidence, script)


@dataclass(frozen=True)
class _Script:
    """A file that is run by its path.

    Args:
        module: The module that it is; empty when it is none.
        file: Where it is installed.
        source: In the project.
        lines: How many of its lines only prepare; None when it cannot be parsed.
        failure: Why it cannot be parsed.
        facts: What makes it weigh less when it does not run.
    """

    module: str
    file: Path
    source: str
    lines: int | None
    failure: SyntaxError | ValueError | None = None
    facts: frozenset[Fact] = frozenset()

    @property
    def question(self) -> RunsByPath | None:
        """Return what is to be tried of it; None when it cannot be parsed."""
        return None if self.lines is None else RunsByPath(str(self.file), self.lines)


def _scripts(evidence: Evidence) -> Iterator[_Script]:
    yield from _installed(evidence)
    yield from _in_packages(evidence)


def _installed(evidence: Evidence) -> Iterator[_Script]:
    """Yield the scripts that installers put beside Python."""
    with ZipFile(evidence.wheel) as wheel:
        members = list(data_scripts(wheel.namelist()))
    for member in members:
        file = evidence.environment.python.parent / member.name
        if file.is_file() and is_for_python((content := file.read_bytes()).decode("latin-1")):
            place = "", file, _in_project(evidence, member)
            try:
                yield _Script(*place, lines_before_action(ast.parse(content)))
            except (SyntaxError, ValueError) as error:
                if minor_of(evidence.environment.version) > sys.version_info.minor:
                    continue  # it may be Python to the one that will run it
                yield _Script(*place, None, error)


def _in_packages(evidence: Evidence) -> Iterator[_Script]:
    """Yield modules in packages that present themselves as scripts.

    A main guard alone does not: many a module has one that is for `python -m`. Outside of packages
    a script that imports also runs, for it has the same folder to search.
    """
    for module in evidence.modules:
        source = evidence.read.get(module.name)
        if source is None or source.main_guard is None or "." not in module.name:
            continue
        if is_vendored(module.name):
            continue
        if is_for_python(source.text) and evidence.imports_well(module.name):
            file = evidence.environment.site_packages / module.path
            facts = invites(source, evidence)
            yield _Script(module.name, file, source.file, source.main_guard - 1, facts=facts)


def _by_path(evidence: Evidence, script: _Script) -> Iterator[Finding]:
    """Yield why the first lines of a script cannot be run by its path."""
    if script.failure:
        yield _cannot_be_parsed(script, script.failure)
    failure = evidence.answers.to(script.question).raised if script.question else None
    if failure and not _is_shadowed(failure, script.file.parent, evidence.standard):
        own = [line for place, line in failure.frames if Path(place) == script.file]
        facts = {*script.facts, *facts_of_the_machine(failure, evidence)}
        missing = _MISSING.fullmatch(failure.message)
        if missing and is_called_optional(missing["name"], evidence.about.description):
            facts.add(Fact.LEFT_TO_USERS)
        script = replace(script, facts=frozenset(facts))
        yield _cannot_run(script, failure, own[-1] if own else None, _hint(failure, evidence))


def _is_shadowed(failure: Raised, folder: Path, standard: StandardModules) -> bool:
    """Return whether a neighbour stands in the place of the standard library's.

    That is MW311, where nobody imports the script.
    """
    files = {file: file.stem for file in folder.glob("*.py")}
    files |= {file: file.parent.name for file in folder.glob("*/__init__.py")}
    through = {place for place, _ in failure.frames}
    return any(
        str(file) in through or f"'{name}'" in failure.message
        for file, name in files.items()
        if name in standard
    )


def _hint(failure: Raised, evidence: Evidence) -> str:
    if "relative import" in failure.message:
        return _NOT_RELATIVE
    missing = _MISSING.fullmatch(failure.message)
    if missing is None:
        return FOLLOW
    return _BY_PATH if evidence.sources.answers_for(missing["name"]) else _DECLARE


def _cannot_be_parsed(script: _Script, error: SyntaxError | ValueError) -> Finding:
    """Return that Python does not get as far as to run a script.

    Scripts that are wrong alike, as those in the language of Python 2 are, have one message.
    """
    said = error.msg if isinstance(error, SyntaxError) else error
    return finding(
        "MW902",
        script.module,
        f"is a script that Python cannot read: {said}",
        "Correct the syntax, or do not install the script.",
        script.source,
        getattr(error, "lineno", None),
        facts=script.facts,
    )


def _cannot_run(script: _Script, failure: Raised, line: int | None, hint: str) -> Finding:
    return finding(
        "MW902",
        script.module,
        f"fails when run by `python {script.source}`: {failure}",
        hint,
        script.source,
        line,
        facts=script.facts,
    )


def _in_project(evidence: Evidence, member: PurePosixPath) -> str:
    """Return the source of a script, which may lie in any folder near the top of the project."""
    folder = evidence.project
    for place in ("scripts", "bin", ".", "src"):
        if folder and (folder / place / member.name).is_file():
            return (PurePosixPath(place) / member.name).as_posix()
    return member.as_posix()


_MISSING = re.compile(r"No module named '(?P<name>[\w.]+)'")
_BY_PATH = "Import by full names: Python searches the script's own folder, not the one above it."
_DECLARE = "Add the distribution that provides it to `dependencies`: the wheel installs the script."
_NOT_RELATIVE = "Import by full names, or remove the `#!` line and run it with `python -m`."
