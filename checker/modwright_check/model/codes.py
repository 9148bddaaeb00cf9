"""The codes of findings: each has a row here and a page in docs/findings/.

A rule states facts (`Fact`). How much a finding weighs, and which failed imports it
explains, follows from the row of its code.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum, auto

from modwright_check.model import policies
from modwright_check.model.facts import Fact, told_by_name
from modwright_check.model.policies import ERROR, INFO, WARNING, Policy, lightest
from modwright_check.model.report import Finding, Severity


class Stage(StrEnum):
    """The stage of a code. Findings in preview are warnings at most, and never fail a check."""

    STABLE = auto()
    PREVIEW = auto()


class Reason(IntEnum):
    """Reasons why an import fails: of several findings, the first in this order is reported."""

    SOURCE = auto()
    EXTENSION = auto()
    PROGRAM = auto()
    STRUCTURE = auto()
    DEPENDENCY = auto()
    PYTHON = auto()
    ORDER = auto()


class Tells(StrEnum):
    """Of which failed imports a finding may be the reason."""

    OF_ITS_PLACE = "at its line; where no line is known, in its file or module"
    OF_ITS_MODULE = "of its module"
    OF_ITS_PACKAGE = "of its module, and of what lies inside"


@dataclass(frozen=True)
class Code:
    """A kind of finding, and what follows from it.

    Args:
        severity: How much it usually weighs.
        title: The finding in a few words.
        policy: When it weighs something else.
        reason: Its rank among the reasons for which imports fail; None when it is none.
        tells: Of which failed imports it is the reason.
        is_general: Whether it says only that an import fails, and gives way to a reason.
        covers: Codes of findings at its place that it makes superfluous, if they weigh no more.
        is_of_all: Whether of all modules that show it the first is told: to know which, all have to
            be imported.
        since: The version of modwright that reported it first.
        stage: How settled it is.
    """

    severity: Severity
    title: str
    policy: Policy = policies.AS_EVER
    reason: Reason | None = None
    tells: Tells = Tells.OF_ITS_PLACE
    is_general: bool = False
    covers: tuple[str, ...] = ()
    is_of_all: bool = False
    since: str = "0.1"
    stage: Stage = Stage.STABLE

    def weight(self, facts: Iterable[Fact]) -> Severity:
        """Return how much a finding weighs, all that is known of it considered."""
        weight = self.policy.weight(self.severity, facts)
        return lightest(weight, WARNING) if self.stage is Stage.PREVIEW else weight


CODES = {
    # MW1xx: does not import
    "MW101": Code(
        ERROR,
        "a module raises an exception at import",
        policies.FAILURE,
        Reason.SOURCE,
        is_general=True,
    ),
    "MW102": Code(
        ERROR, "a module ends the interpreter at import", policies.PROCESS, is_general=True
    ),
    "MW103": Code(
        ERROR, "a module crashes the interpreter at import", policies.PROCESS, is_general=True
    ),
    "MW104": Code(ERROR, "a module does not finish importing", policies.PROCESS, is_general=True),
    "MW105": Code(ERROR, "a module kills the process that imports it", policies.PROCESS),
    # MW2xx: dependencies
    "MW201": Code(
        ERROR,
        "a module imports what no declared dependency provides",
        policies.DEPENDENCY,
        Reason.DEPENDENCY,
        covers=("MW714", "MW903"),
    ),
    "MW202": Code(
        ERROR,
        "a module imports what is declared only for development",
        policies.DEPENDENCY,
        Reason.DEPENDENCY,
        covers=("MW903",),
    ),
    "MW203": Code(
        ERROR,
        "a module imports what is declared only as an extra",
        policies.DEPENDENCY,
        Reason.DEPENDENCY,
        covers=("MW903",),
    ),
    "MW204": Code(
        WARNING,
        "a module imports what is installed only as a dependency of a dependency",
        policies.TRANSITIVE,
        Reason.DEPENDENCY,
    ),
    "MW205": Code(
        ERROR,
        "a module imports what the installed version does not have",
        policies.VERSION,
        Reason.DEPENDENCY,
        covers=("MW903",),
    ),
    "MW206": Code(
        ERROR, "an import inside a function misses its dependency", policies.IN_A_FUNCTION
    ),
    "MW207": Code(INFO, "no extra declares an optional import"),
    "MW208": Code(
        ERROR, "a module cannot be imported with the lowest versions of the dependencies"
    ),
    "MW209": Code(ERROR, "a module cannot be imported with an extra"),
    # MW3xx: structure, cycles, names
    "MW301": Code(
        ERROR,
        "modules import each other in a cycle that fails",
        policies.STRUCTURE,
        Reason.STRUCTURE,
    ),
    "MW302": Code(
        ERROR,
        "a module can be imported only after another module",
        policies.STRUCTURE,
        Reason.ORDER,
    ),
    "MW303": Code(
        ERROR, "an import works only from the repository", policies.PLACE, Reason.STRUCTURE
    ),
    "MW304": Code(
        ERROR,
        "an import works only with the module's folder on sys.path",
        policies.PLACE,
        Reason.STRUCTURE,
    ),
    "MW305": Code(
        ERROR,
        "an import works only through a change to sys.path",
        policies.PLACE,
        Reason.STRUCTURE,
        is_of_all=True,
    ),
    "MW306": Code(WARNING, "a file is imported under two names", is_of_all=True),
    "MW311": Code(
        ERROR, "a module hides a module of the standard library", policies.BY_PATH, Reason.STRUCTURE
    ),
    "MW312": Code(
        ERROR,
        "a module is beside a package of the same name",
        policies.ONE_OF_TWO,
        Reason.STRUCTURE,
        tells=Tells.OF_ITS_PACKAGE,
    ),
    "MW313": Code(WARNING, "a file's name cannot be imported", policies.NAME),
    "MW314": Code(ERROR, "names differ only in case"),
    "MW315": Code(ERROR, "an import is spelt in the wrong case", reason=Reason.STRUCTURE),
    "MW316": Code(WARNING, "the wheel installs a common name at the top of site-packages"),
    "MW317": Code(WARNING, "a submodule overwrites an attribute of its package"),
    "MW318": Code(WARNING, "a star import silently replaces a name", policies.STAR),
    "MW319": Code(ERROR, "a file's name is reserved on Windows", policies.SYSTEM),
    "MW320": Code(
        ERROR, "a name imported for type checkers is used at run time", policies.IN_A_FUNCTION
    ),
    # MW4xx: packaging
    "MW401": Code(
        ERROR, "another module is imported in its place", policies.REPLACED, is_general=True
    ),
    "MW402": Code(ERROR, "the wheel contains no modules", policies.EMPTY),
    "MW403": Code(ERROR, "a module of the source is not in the wheel"),
    "MW404": Code(WARNING, "a data file of the source is not in the wheel", policies.DATA),
    "MW405": Code(WARNING, "a module of the wheel is not in the source"),
    "MW406": Code(WARNING, "a folder in a package has no __init__.py", policies.FOLDER),
    "MW407": Code(WARNING, "a namespace has an __init__.py"),
    "MW408": Code(WARNING, "a .pth or .start file of the wheel runs code", policies.START),
    "MW409": Code(WARNING, "RECORD is not true of the wheel's files"),
    "MW410": Code(ERROR, "a file of the wheel lies outside of site-packages"),
    "MW411": Code(WARNING, "the import names of the metadata are not those of the wheel"),
    "MW412": Code(WARNING, "a .start file of the wheel names what cannot be called"),
    # MW5xx: side effects at import, and its cost
    "MW501": Code(WARNING, "a module prints at import", policies.EFFECT),
    "MW502": Code(WARNING, "a module raises a warning at import", policies.EFFECT),
    "MW503": Code(WARNING, "a module writes, moves or deletes files at import", policies.EFFECT),
    "MW504": Code(WARNING, "a module uses the network at import", policies.EFFECT),
    "MW505": Code(WARNING, "a module starts a program at import", policies.OTHER_PROGRAMS),
    "MW506": Code(WARNING, "a module starts a thread at import", policies.EFFECT),
    "MW507": Code(INFO, "a module registers an exit handler at import", policies.EFFECT),
    "MW508": Code(WARNING, "a module installs a signal handler at import", policies.SETTING),
    "MW509": Code(WARNING, "a module changes the locale at import", policies.SETTING),
    "MW510": Code(
        WARNING, "a module changes the working directory or umask at import", policies.SETTING
    ),
    "MW511": Code(WARNING, "a module changes environment variables at import", policies.SETTING),
    "MW512": Code(INFO, "a module reads environment variables at import"),
    "MW513": Code(WARNING, "a module changes sys.path at import", policies.SETTING),
    "MW514": Code(WARNING, "a module configures logging at import", policies.SETTING),
    "MW515": Code(WARNING, "a module changes the warning filters at import", policies.SETTING),
    "MW516": Code(
        WARNING,
        "a module changes settings of the interpreter at import",
        policies.SETTING,
        covers=("MW518",),  # such a function keeps what it is told in its module
    ),
    "MW517": Code(WARNING, "a module installs an import hook at import", policies.SETTING),
    "MW518": Code(
        WARNING, "a module changes attributes of another module at import", policies.SETTING
    ),
    "MW519": Code(WARNING, "a module changes the builtins at import", policies.EFFECT),
    "MW520": Code(WARNING, "a module leaves a file descriptor open at import", policies.SETTING),
    "MW521": Code(WARNING, "a module waits for input at import", policies.COMMAND_LINE),
    "MW531": Code(INFO, "an import loads many modules"),
    "MW532": Code(ERROR, "an import loads more modules than its budget"),
    "MW533": Code(INFO, "a module's own code is slow at import"),
    "MW534": Code(INFO, "an import is safe to make lazy"),
    "MW535": Code(WARNING, "__lazy_modules__ names what makes no import wait", policies.LAZY),
    # MW6xx: exports
    "MW601": Code(ERROR, "__all__ lists a name that the module does not have", policies.EXPORT),
    "MW602": Code(ERROR, "a lazy export does not resolve", policies.LAZY_EXPORT, covers=("MW206",)),
    "MW603": Code(ERROR, "a stub has a name that its module does not have", policies.STUB),
    "MW604": Code(
        WARNING, "a typed package does not describe a module to type checkers", policies.TYPES
    ),
    # MW7xx: portability
    "MW701": Code(
        ERROR,
        "syntax is newer than requires-python",
        policies.PYTHON,
        Reason.SOURCE,
        covers=("MW714",),
    ),
    "MW702": Code(
        ERROR,
        "the standard library used is newer than requires-python",
        policies.PYTHON,
        Reason.PYTHON,
        covers=("MW714",),
    ),
    "MW703": Code(
        ERROR,
        "the standard library used is removed in a newer Python that is admitted",
        policies.PYTHON,
        Reason.PYTHON,
        # MW520: the event loop that it makes has files open.
        covers=("MW502", "MW520", "MW714"),
    ),
    "MW704": Code(ERROR, "a source file cannot be decoded", reason=Reason.SOURCE),
    "MW705": Code(ERROR, "a __future__ import is not at the top", reason=Reason.SOURCE),
    "MW706": Code(
        ERROR,
        "a module of one operating system is imported without a guard",
        policies.SYSTEM,
        Reason.PYTHON,
    ),
    "MW707": Code(WARNING, "a module cannot be imported under python -OO", policies.STRESS),
    "MW708": Code(WARNING, "a module cannot be imported without a stdout", policies.STRESS),
    "MW709": Code(ERROR, "a module cannot be imported from a zip file", policies.STRESS),
    "MW710": Code(WARNING, "a module cannot be imported under an ASCII locale", policies.STRESS),
    "MW711": Code(
        WARNING, "a module cannot be imported inside a running event loop", policies.STRESS
    ),
    "MW712": Code(
        WARNING,
        "a module cannot be imported outside the main thread",
        policies.STRESS,
        covers=("MW520",),  # as above
    ),
    "MW713": Code(WARNING, "a module cannot be imported without site", policies.STRESS),
    "MW714": Code(
        ERROR, "a module cannot be imported on another Python that requires-python admits"
    ),
    "MW715": Code(
        WARNING, "a module cannot be imported without an account and a home", policies.STRESS
    ),
    # MW8xx: extension modules
    "MW801": Code(
        ERROR, "an extension has an undefined symbol", policies.LIBRARY, Reason.EXTENSION
    ),
    "MW802": Code(ERROR, "an extension does not define its init function", reason=Reason.EXTENSION),
    "MW803": Code(
        ERROR,
        "an extension is built for another Python or platform",
        policies.ONE_OF_TWO,
        Reason.EXTENSION,
    ),
    "MW804": Code(ERROR, "an extension crashes the interpreter", reason=Reason.EXTENSION),
    "MW805": Code(WARNING, "a broken extension is hidden by its fallback", policies.HIDDEN),
    "MW806": Code(WARNING, "an extension starts threads or prints at import"),
    "MW807": Code(
        INFO, "an extension cannot be loaded in a subinterpreter", policies.SUBINTERPRETER
    ),
    "MW808": Code(
        WARNING, "an extension turns the GIL on, though a classifier promises to do without"
    ),
    # MW9xx: entry points and scripts
    "MW901": Code(ERROR, "an entry point cannot be loaded", policies.ENTRY),
    "MW902": Code(ERROR, "a script fails when it is run by its path", policies.BY_PATH),
    "MW903": Code(
        ERROR,
        "a module fails when it is run with -m",
        policies.PROGRAM,
        Reason.PROGRAM,
        tells=Tells.OF_ITS_MODULE,
    ),
    "MW904": Code(
        INFO,
        "__main__ cannot be imported without running",
        policies.UNGUARDED,
        Reason.PROGRAM,
        tells=Tells.OF_ITS_MODULE,
    ),
}


def finding(
    code: str,
    module: str,
    message: str,
    hint: str,
    file: str | None = None,
    line: int | None = None,
    *,
    facts: Iterable[Fact] = (),
    subject: str | None = None,
    traceback: tuple[tuple[str, int], ...] = (),
) -> Finding:
    """Return a finding with the severity that follows from its code and the facts.

    Args:
        code: Of `CODES`.
        module: The module's dotted name; empty when it is about the whole wheel.
        message: What is wrong.
        hint: What to do about it.
        file: Relative to the project.
        line: In that file, from 1 on.
        facts: Facts that may make it weigh more or less than its kind, but those that the
            module's name tells.
        subject: The file that it is about, when that is another one than where it shows.
        traceback: The user's own frames on the way there, outermost first.
    """
    found = Finding(
        code,
        CODES[code].severity,
        module,
        file,
        line,
        message,
        hint,
        traceback,
        frozenset(facts),
        subject or file,
        is_preview=CODES[code].stage is Stage.PREVIEW,
    )
    return told_of(found, module)


def told_of(found: Finding, module: str) -> Finding:
    """Return a finding as one of this module, with the weight that it has there.

    Args:
        found: A finding, perhaps of another module, for the same reason.
        module: Its dotted name.
    """
    weight = CODES[found.code].weight({*found.facts, *told_by_name(module)})
    return replace(found, module=module, severity=weight)
