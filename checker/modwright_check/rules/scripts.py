"""Programs: scripts run by their path, packages and modules run with `python -m`."""

import ast
import os
import re
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZipFile

from modwright_check.index.evidence import Evidence
from modwright_check.index.programs import commands, programs
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.import_result import Outcome
from modwright_check.model.module_names import is_of_tests, is_vendored, packages_around
from modwright_check.model.python_versions import minor_of
from modwright_check.model.questions import ImportsAsMain, Question, RunsByPath
from modwright_check.model.report import Finding
from modwright_check.model.trial import FAILED, Raised, raised
from modwright_check.rules.imports import at_innermost, said_of
from modwright_check.static.script import data_scripts, is_for_python, lines_before_action
from modwright_check.static.source import Import, Source, Where
from modwright_check.static.standard_modules import StandardModules
from modwright_check.static.statement_at import statement_at
from modwright_check.wheel.modules import Module


def questions(evidence: Evidence) -> Iterator[Question[Any]]:
    """Yield what is to be tried of modules and scripts, short of running them.

    Args:
        evidence: All that is known of the project.
    """
    yield from (guarded.question for guarded in _imports_under_guard(evidence))
    yield from (script.question for script in _scripts(evidence) if script.question)


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield what fails when it is run as a program: MW902, MW903 and MW904.

    No program is run: each is followed up to its main guard, or to the first thing that it does.

    Args:
        evidence: All that is known of the project.
    """
    yield from _of_main_modules(evidence)
    yield from _loaded_early(evidence)
    for guarded in _imports_under_guard(evidence):
        yield from _under_guard(evidence, guarded)
    for script in _scripts(evidence):
        yield from _by_path(evidence, script)


def _of_main_modules(evidence: Evidence) -> Iterator[Finding]:
    """Yield each `__main__` that cannot be imported, or that runs its program instead."""
    for module in evidence.modules:
        outcome = evidence.outcomes.get(module.name)
        package, _, last = module.name.rpartition(".")
        around = evidence.outcomes.get(package)
        if last != "__main__" or outcome is None:
            continue
        if outcome.loaded:
            yield from _without_guard(module, outcome, evidence)
            continue
        if around and not around.loaded:  # the finding of the package explains it
            continue
        source = evidence.read.get(module.name)
        installed = evidence.environment.site_packages / module.path
        if source and (running := _running(source, outcome, installed)):
            yield _runs_when_imported(evidence, source, running)
        else:
            message = f"fails when run by `python -m {package}`: {said_of(module.name, outcome)[1]}"
            yield at_innermost(evidence, module, outcome, "MW903", message, _FOLLOW)


def _without_guard(module: Module, outcome: Outcome, evidence: Evidence) -> Iterator[Finding]:
    """Yield a `__main__` that has come to its end, but not without saying something."""
    source = evidence.read.get(module.name)
    speaks = any(effect.kind == "output" and effect.own for effect in outcome.effects)
    act = _last_act(source.tree) if source and source.tree and not source.main_guard else None
    if source and act and speaks:
        yield _runs_when_imported(evidence, source, act)


def _runs_when_imported(evidence: Evidence, source: Source, act: ast.stmt) -> Finding:
    is_program = source.module in programs(evidence)
    return finding(
        "MW904",
        source.module,
        "runs the program when it is imported, not only when it is run",
        _GUARD,
        source.file,
        act.lineno,
        facts=() if is_program else {Fact.IMPORTED},
    )


def _running(source: Source, outcome: Outcome, installed: Path) -> ast.stmt | None:
    """Return the statement by which a `__main__` runs; None when it fails to import.

    What a call raises deeper down belongs to running. What an import raises, or a statement of
    the module itself, does not: `python -m` fails by it as well.
    """
    if source.tree is None:
        return None
    depths = [depth for depth, (file, _) in enumerate(outcome.frames) if Path(file) == installed]
    if not depths:
        # No stack is left by os._exit and the like.
        ended = outcome.error is None and outcome.exit_code is not None and not outcome.frames
        return _last_act(source.tree) if ended else None
    line = outcome.frames[depths[0]][1]
    statement = statement_at(source.tree, line)
    if statement is None or _imports(source, statement):
        return None
    goes_deeper = len(outcome.frames) > depths[0] + 1
    ends = outcome.exits or outcome.error is None
    return statement if goes_deeper or ends else None


def _last_act(tree: ast.Module) -> ast.stmt | None:
    acts = [each for each in tree.body if isinstance(each, ast.Expr | ast.If)]
    return acts[-1] if acts else None


def _imports(source: Source, statement: ast.stmt) -> bool:
    end = statement.end_lineno or statement.lineno
    return any(statement.lineno <= each.line <= end for each in source.imports)


def _loaded_early(evidence: Evidence) -> Iterator[Finding]:
    """Yield modules with a main guard that their package imports: `python -m` runs them twice."""
    for name, source in evidence.read.items():
        if source.main_guard is None or source.is_package or is_vendored(name):
            continue
        for package in packages_around(name):
            outcome = evidence.outcomes.get(package)
            if outcome and name in {load.name for load in outcome.loads}:
                program = name.removesuffix(".__main__")
                told = {Fact.RECOMMENDED} if _is_recommended(program, source, evidence) else set()
                yield finding(
                    "MW903",
                    name,
                    f"is run twice by `python -m {program}`: {package} already imports it",
                    f"Move the code under the guard into a module that {package} does not import.",
                    source.file,
                    source.main_guard,
                    facts={Fact.TWICE, *told},
                )
                break


def _is_recommended(program: str, source: Source, evidence: Evidence) -> bool:
    """Return whether the project's description, or the docstring, says `python -m program`."""
    command = re.compile(rf"-m\s+{re.escape(program)}(?![\w.-])")
    own = (ast.get_docstring(source.tree) if source.tree else None) or ""
    return any(map(command.search, (evidence.about.description or "", own)))


def _is_imported(module: str, evidence: Evidence) -> bool:
    importers = evidence.importers.get(module, ())
    return not all(is_of_tests(each.source.module) for each in importers)


def _imports_well(name: str, evidence: Evidence) -> bool:
    outcome = evidence.outcomes.get(name)
    return outcome is not None and outcome.loaded


@dataclass(frozen=True)
class _Guarded:
    """What a module imports only when it is run.

    Args:
        source: The module.
        statements: Its imports under the main guard.
    """

    source: Source
    statements: list[ast.stmt]

    @property
    def question(self) -> ImportsAsMain:
        """Return what is to be tried of it."""
        name = self.source.module
        package = name if self.source.is_package else name.rpartition(".")[0]
        return ImportsAsMain(package, tuple(map(ast.unparse, self.statements)))


@dataclass(frozen=True)
class _Script:
    """A file that is run by its path.

    Args:
        module: The module that it is; empty when it is none.
        file: Where it is installed.
        source: In the project.
        lines: How many of its lines only prepare; None when it cannot be parsed.
        failure: Why it cannot be parsed, and the line.
        facts: What makes it weigh less when it does not run.
    """

    module: str
    file: Path
    source: str
    lines: int | None
    failure: tuple[Raised, int | None] | None = None
    facts: tuple[Fact, ...] = ()

    @property
    def question(self) -> RunsByPath | None:
        """Return what is to be tried of it; None when it cannot be parsed."""
        return None if self.lines is None else RunsByPath(str(self.file), self.lines)


def _imports_under_guard(evidence: Evidence) -> Iterator[_Guarded]:
    """Yield what a module imports of the project's own only when it is run."""
    for name, source in evidence.read.items():
        if source.tree is None or source.main_guard is None or is_vendored(name):
            continue
        if not _imports_well(name, evidence):
            continue
        lines = [
            each.line
            for each in source.imports
            if each.main
            and each.where is Where.AT_IMPORT
            and not each.guarded
            and not each.called
            and evidence.sources.answers_for(each.module)
            and not _is_there(each, evidence)
        ]
        statements = [s for line in lines if (s := statement_at(source.tree, line))]
        if statements:
            yield _Guarded(source, statements)


def _is_there(statement: Import, evidence: Evidence) -> bool:
    """Return whether all that an import asks for has been seen, so that it need not be tried."""
    outcome = evidence.outcomes.get(statement.module)
    source = evidence.read.get(statement.module)
    defined = source.definitions if source else {}
    return (
        outcome is not None
        and outcome.loaded
        and all(
            name in defined or f"{statement.module}.{name}" in evidence.names
            for name in statement.names
        )
    )


def _under_guard(evidence: Evidence, guarded: _Guarded) -> Iterator[Finding]:
    source, answers = guarded.source, evidence.answers.to(guarded.question).answers
    for statement, answer in zip(guarded.statements, answers, strict=False):
        if answer[0] == FAILED:
            reason = evidence.sources.shortened(str(raised(answer[1:])))
            facts = {Fact.IMPORTED} if _is_imported(source.module, evidence) else set()
            if _is_recommended(source.module, source, evidence):
                facts.add(Fact.RECOMMENDED)
            yield finding(
                "MW903",
                source.module,
                f"fails under its main guard when run by `python -m {source.module}`: {reason}",
                _FOLLOW,
                source.file,
                statement.lineno,
                facts=facts,
            )
            return  # a run gets no further


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
                failure = Raised(type(error).__name__, str(error), ())
                yield _Script(*place, None, (failure, getattr(error, "lineno", None)))


def _in_packages(evidence: Evidence) -> Iterator[_Script]:
    """Yield modules in packages that present themselves as scripts.

    A main guard alone does not: many a module has one that is for `python -m`. Outside of packages
    a script that imports also runs, for it has the same folder to search.
    """
    begun = commands(evidence)
    for module in evidence.modules:
        source = evidence.read.get(module.name)
        if source is None or source.main_guard is None or "." not in module.name:
            continue
        if is_vendored(module.name):
            continue
        if is_for_python(source.text) and _imports_well(module.name, evidence):
            file = evidence.environment.site_packages / module.path
            facts = () if _is_executable(evidence, source) else _seldom_run(module.name, begun)
            yield _Script(module.name, file, source.file, source.main_guard - 1, facts=facts)


def _seldom_run(module: str, begun: Collection[str]) -> tuple[Fact, ...]:
    """Return what makes a script weigh less of which nothing says that it is run by its path.

    A `__main__` is made for `python -m`, and what a command begins with for that command.
    """
    is_for_more = module.endswith(".__main__") or module in begun
    return (Fact.BY_PATH_ALONE, Fact.UNINVITED) if is_for_more else (Fact.BY_PATH_ALONE,)


def _by_path(evidence: Evidence, script: _Script) -> Iterator[Finding]:
    """Yield why the first lines of a script cannot be run by its path."""
    if script.failure:
        yield _cannot_run(script, *script.failure, _FOLLOW)
    failure = evidence.answers.to(script.question).raised if script.question else None
    if failure and not _is_shadowed(failure, script.file.parent, evidence.standard):
        own = [line for place, line in failure.frames if Path(place) == script.file]
        yield _cannot_run(script, failure, own[-1] if own else None, _hint(failure, evidence))


def _is_shadowed(failure: Raised, folder: Path, standard: StandardModules) -> bool:
    """Return whether a neighbour stands in the place of the standard library's: that is MW311."""
    neighbours = [file for file in folder.glob("*.py") if file.stem in standard]
    through = {place for place, _ in failure.frames}
    return any(str(each) in through or f"'{each.stem}'" in failure.message for each in neighbours)


def _hint(failure: Raised, evidence: Evidence) -> str:
    if "relative import" in failure.message:
        return _NOT_RELATIVE
    missing = _MISSING.fullmatch(failure.message)
    if missing is None:
        return _FOLLOW
    return _BY_PATH if evidence.sources.answers_for(missing["name"]) else _DECLARE


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


def _is_executable(evidence: Evidence, source: Source) -> bool:
    return evidence.project is not None and os.access(evidence.project / source.file, os.X_OK)


_MISSING = re.compile(r"No module named '(?P<name>[\w.]+)'")
_GUARD = 'Call it under `if __name__ == "__main__":`.'
_FOLLOW = "Run this command in an environment that contains only the wheel."
_BY_PATH = "Import by full names: Python searches the script's own folder, not the one above it."
_DECLARE = "Add the distribution that provides it to `dependencies`: the wheel installs the script."
_NOT_RELATIVE = "Import by full names, or remove the `#!` line and run it with `python -m`."
