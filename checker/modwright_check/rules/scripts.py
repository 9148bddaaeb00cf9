"""What runs as a program: scripts by their path, packages and modules with `python -m`."""

import ast
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

from modwright_check.index.evidence import Evidence
from modwright_check.index.experiments import tried
from modwright_check.model.codes import finding
from modwright_check.model.import_result import Outcome
from modwright_check.model.report import Finding, Severity
from modwright_check.rules.imports import at_innermost, said_of
from modwright_check.run.experiment import FAILED, Raised, raised
from modwright_check.run.side_by_side import side_by_side
from modwright_check.static.script import data_scripts, is_for_python, lines_before_action
from modwright_check.static.source import Import, Source, Where
from modwright_check.static.statement_at import statement_at
from modwright_check.static.vendored import is_vendored
from modwright_check.wheel.modules import Module


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield what fails when it is run as a program: MW902, MW903 and MW904.

    No program is run: each is followed up to its main guard, or to the first thing that it does.

    Args:
        evidence: All that is known of the project.
    """
    yield from _of_main_modules(evidence)
    yield from _loaded_early(evidence)
    attempts = [*_imports_under_guard(evidence), *_installed(evidence), *_in_packages(evidence)]
    for findings in side_by_side(lambda attempt: list(attempt()), attempts, evidence.under_way):
        yield from findings


def _of_main_modules(evidence: Evidence) -> Iterator[Finding]:
    """Yield each `__main__` that does not import; told apart is one that runs instead."""
    for module in evidence.modules:
        outcome = evidence.outcomes.get(module.name)
        package, _, last = module.name.rpartition(".")
        around = evidence.outcomes.get(package)
        if last != "__main__" or outcome is None:
            continue
        if outcome.loaded:
            yield from _without_guard(module, outcome, evidence)
            continue
        if around and not around.loaded:  # what is said of the package is said of it too
            continue
        source = evidence.read.get(module.name)
        installed = evidence.environment.site_packages / module.path
        if source and (running := _running(source, outcome, installed)):
            yield _runs_when_imported(source, running)
        else:
            message = f"`python -m {package}` fails: {said_of(outcome)[1]}"
            found = at_innermost(evidence, module, outcome, "MW903", message, _FOLLOW)
            yield replace(found, severity=Severity.INFO) if is_vendored(module.name) else found


def _without_guard(module: Module, outcome: Outcome, evidence: Evidence) -> Iterator[Finding]:
    """Yield a `__main__` that has come to its end, but not without saying something."""
    source = evidence.read.get(module.name)
    speaks = any(effect.kind == "output" and effect.own for effect in outcome.effects)
    act = _last_act(source.tree) if source and source.tree and not source.main_guard else None
    if source and act and speaks:
        yield _runs_when_imported(source, act)


def _runs_when_imported(source: Source, act: ast.stmt) -> Finding:
    return finding(
        "MW904",
        source.module,
        "runs the program when it is imported, not only when it is run",
        _GUARD,
        source.file,
        act.lineno,
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
        for package in _packages(name):
            outcome = evidence.outcomes.get(package)
            if outcome and name in {load.name for load in outcome.loads}:
                program = name.removesuffix(".__main__")
                yield finding(
                    "MW903",
                    name,
                    f"`python -m {program}` runs it a second time: {package} imports it already",
                    f"Move what is under the guard into a module that {package} does not import.",
                    source.file,
                    source.main_guard,
                    severity=Severity.WARNING,
                )
                break


def _packages(name: str) -> Iterator[str]:
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


def _imports_well(name: str, evidence: Evidence) -> bool:
    outcome = evidence.outcomes.get(name)
    return outcome is not None and outcome.loaded


Attempt = Callable[[], Iterator[Finding]]


@dataclass(frozen=True)
class _Script:
    """A file that is run by its path.

    Args:
        module: The module that it is; empty when it is none.
        file: Where it is installed.
        source: In the project.
        severity: How much it weighs when it does not run.
    """

    module: str
    file: Path
    source: str
    severity: Severity


def _imports_under_guard(evidence: Evidence) -> Iterator[Attempt]:
    """Yield how to try what a module imports of the project's own only when it is run."""
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
            yield partial(_under_guard, evidence, source, statements)


def _is_there(statement: Import, evidence: Evidence) -> bool:
    """Return whether all that an import asks for has been seen, so that it need not be tried."""
    outcome = evidence.outcomes.get(statement.module)
    source = evidence.read.get(statement.module)
    defined = source.definitions if source else {}
    return (
        outcome is not None
        and outcome.loaded
        and all(
            name in defined or f"{statement.module}.{name}" in evidence.outcomes
            for name in statement.names
        )
    )


def _under_guard(
    evidence: Evidence, source: Source, statements: list[ast.stmt]
) -> Iterator[Finding]:
    package = source.module if source.is_package else source.module.rpartition(".")[0]
    trial = tried(evidence, "import_as_main", package, *map(ast.unparse, statements))
    for statement, answer in zip(statements, trial.answers, strict=False):
        if answer[0] == FAILED:
            reason = evidence.sources.shortened(str(raised(answer[1:])))
            yield finding(
                "MW903",
                source.module,
                f"`python -m {source.module}` fails under its main guard: {reason}",
                _FOLLOW,
                source.file,
                statement.lineno,
            )


def _installed(evidence: Evidence) -> Iterator[Attempt]:
    """Yield how to try the scripts that installers put beside Python."""
    with ZipFile(evidence.wheel) as wheel:
        members = list(data_scripts(wheel.namelist()))
    for member in members:
        file = evidence.environment.python.parent / member.name
        if file.is_file() and is_for_python((content := file.read_bytes()).decode("latin-1")):
            script = _Script("", file, _in_project(evidence, member), Severity.ERROR)
            yield partial(_parsed_and_run, evidence, script, content)


def _in_packages(evidence: Evidence) -> Iterator[Attempt]:
    """Yield how to try modules in packages that present themselves as scripts.

    A main guard alone does not: many a module has one that is for `python -m`. Outside of packages
    a script that imports also runs, for it has the same folder to search.
    """
    for module in evidence.modules:
        source = evidence.read.get(module.name)
        if source is None or source.main_guard is None or "." not in module.name:
            continue
        if is_vendored(module.name):
            continue
        if is_for_python(source.text) and _imports_well(module.name, evidence):
            file = evidence.environment.site_packages / module.path
            severity = Severity.ERROR if _is_executable(evidence, source) else Severity.WARNING
            script = _Script(module.name, file, source.file, severity)
            yield partial(_run, evidence, script, source.main_guard - 1)


def _parsed_and_run(evidence: Evidence, script: _Script, content: bytes) -> Iterator[Finding]:
    try:
        lines = lines_before_action(ast.parse(content))
    except (SyntaxError, ValueError) as error:
        failure = Raised(type(error).__name__, str(error), ())
        yield _cannot_run(script, failure, getattr(error, "lineno", None), _FOLLOW)
    else:
        yield from _run(evidence, script, lines)


def _run(evidence: Evidence, script: _Script, lines: int) -> Iterator[Finding]:
    """Yield why the first lines of a script cannot be run by its path."""
    failure = tried(evidence, "run_by_path", str(script.file), str(lines)).raised
    if failure and not _is_shadowed(failure, script.file.parent):
        own = [line for place, line in failure.frames if Path(place) == script.file]
        yield _cannot_run(script, failure, own[-1] if own else None, _hint(failure, evidence))


def _is_shadowed(failure: Raised, folder: Path) -> bool:
    """Return whether a neighbour stands in the place of the standard library's: that is MW311."""
    neighbours = [file for file in folder.glob("*.py") if file.stem in sys.stdlib_module_names]
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
        f"`python {script.source}` fails: {failure}",
        hint,
        script.source,
        line,
        severity=script.severity,
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
_FOLLOW = "Import it alone in a fresh interpreter and follow the traceback."
_BY_PATH = "Python searches the script's own folder, not the one around it: import by full names."
_DECLARE = "Declare the distribution that holds it: who installs the wheel gets the script too."
_NOT_RELATIVE = (
    "Import by full names; or take the #! line away, and have it run with `python -m` "
    "or as an entry point."
)
