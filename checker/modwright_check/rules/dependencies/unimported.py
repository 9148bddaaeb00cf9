"""Submodules that a function uses by the name of their package, and nobody imports: MW206."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origins
from modwright_check.index.unimported_submodules import LooseSubmodules
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.module_names import is_of_tests
from modwright_check.model.questions import HasAttributes
from modwright_check.model.report import Finding
from modwright_check.model.trial import Trial
from modwright_check.static.reading import read_code
from modwright_check.static.source import Source

# The names in an import statement, those of one in parentheses in several lines.
_IMPORTED = re.compile(
    rb"^[ \t]*((?:from[ \t]+[\w.]+[ \t]+)?import\b[ \t]*(?:\([^)]*\)|[^\n]*))", re.MULTILINE
)


def questions(evidence: Evidence, origins: Origins) -> Iterator[HasAttributes]:
    """Yield whether a library has loaded all the same what functions use.

    Args:
        evidence: All that is known of the project.
        origins: Where modules come from.
    """
    for source, used in _used(evidence, origins):
        yield HasAttributes(source.module, tuple(used))


def judge(evidence: Evidence, origins: Origins) -> Iterator[Finding]:
    """Yield where functions use `logging.config` after `import logging` alone.

    At module level the import of the module fails by itself.

    Args:
        evidence: All that is known of the project.
        origins: Where modules come from.
    """
    for source, used in _used(evidence, origins):
        trial = evidence.answers.to(HasAttributes(source.module, tuple(used)))
        for name in _lacking(source.module, used, trial):
            yield finding(
                "MW206",
                source.module,
                f"has a function that uses {name}, a submodule that nothing imports",
                f"Write `import {name}`.",
                source.file,
                used[name],
                facts={Fact.PERHAPS_LOADED} if _is_loaded_by_its_own(name, evidence) else (),
            )


def _used(evidence: Evidence, origins: Origins) -> Iterator[tuple[Source, dict[str, int]]]:
    """Yield modules with the submodules that they use and do not load, and where."""
    loose = LooseSubmodules(evidence, origins)
    for source in evidence.read.values():
        outcome = evidence.outcomes.get(source.module)
        if outcome is None or not outcome.loaded or is_of_tests(source.module):
            continue
        if used := loose.used_by(source):
            loaded = {load.name for load in outcome.loads}
            used = {name: line for name, line in used.items() if name not in loaded}
        if used:
            yield source, used


def _is_loaded_by_its_own(name: str, evidence: Evidence) -> bool:
    """Return whether the package around a submodule, or what comes in with it, imports it too.

    That may be in a function that has been called before.
    """
    package, _, submodule = name.rpartition(".")
    there = evidence.environment.site_packages.joinpath(*package.split("."), "__init__.py")
    init = there if there.is_file() else evidence.standard.file(package)
    if init is None:
        return False
    imported = {
        word for names in _IMPORTED.findall(_code_of(init)) for word in re.findall(rb"\w+", names)
    }
    files = [init, *(each for each in init.parent.glob("*.py") if each.stem.encode() in imported)]
    # In a statement: docstrings speak of what is called "from handlers".
    wanted = re.compile(
        rb"^[ \t]*(?:from[ \t.]+(?:\w+\.)*%(name)s[ \t]+import\b"
        rb"|(?:from[ \t]+[\w.]+[ \t]+)?import\b[^\n#]*\b%(name)s\b)"
        % {b"name": submodule.encode()},
        re.MULTILINE,
    )
    return any(wanted.search(_code_of(file)) for file in files if file.stem != submodule)


def _code_of(file: Path) -> bytes:
    try:
        return read_code(file)
    except OSError:  # a link to nothing, or what nobody has written by hand
        return b""


def _lacking(module: str, names: Iterable[str], trial: Trial) -> Iterator[str]:
    """Yield what is not there once a module is imported; of two on one way, the inner one."""
    lacking = {
        # Where the first name is not there, the function has a way of its own to it.
        answer[1]
        for answer in trial.answers
        if answer[0] == "lacks" and answer[2] != module
    }
    for name in names:
        if name in lacking and not any(each.startswith(f"{name}.") for each in lacking):
            yield name
