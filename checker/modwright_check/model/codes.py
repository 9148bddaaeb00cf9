"""Every finding's code, weight and title: one row here, one page in docs/findings/."""

from dataclasses import dataclass

from modwright_check.model.report import Finding, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True)
class Code:
    """A kind of finding.

    Args:
        severity: How much it weighs.
        title: What it says, in a few words.
    """

    severity: Severity
    title: str


CODES = {
    # MW1xx: does not import
    "MW101": Code(ERROR, "a module raises an exception at import"),
    "MW102": Code(ERROR, "a module ends the interpreter at import"),
    "MW103": Code(ERROR, "a module crashes the interpreter at import"),
    "MW104": Code(ERROR, "a module does not finish importing"),
    "MW105": Code(ERROR, "a module kills the process that imports it"),
    # MW2xx: dependencies
    "MW201": Code(ERROR, "a module imports what no declared dependency brings"),
    "MW202": Code(ERROR, "a module imports what is declared only for development"),
    "MW203": Code(ERROR, "a module imports what is declared only as an extra"),
    "MW204": Code(ERROR, "a module imports what only another dependency happens to bring"),
    "MW205": Code(ERROR, "a module imports what the installed version does not have"),
    "MW206": Code(ERROR, "an import inside a function misses its dependency"),
    "MW207": Code(WARNING, "an optional import is declared by no extra"),
    "MW208": Code(ERROR, "a module does not import with the lowest versions allowed"),
    "MW209": Code(ERROR, "a module does not import with an extra installed"),
    # MW3xx: structure, cycles, names
    "MW301": Code(ERROR, "modules import one another in a cycle that breaks"),
    "MW302": Code(ERROR, "a module imports only after another one"),
    "MW303": Code(ERROR, "an import works only from the repository"),
    "MW304": Code(ERROR, "an import works only beside its neighbour"),
    "MW305": Code(ERROR, "an import works only through changes to sys.path"),
    "MW306": Code(WARNING, "one file is imported under two names"),
    "MW311": Code(ERROR, "a module hides one of the standard library"),
    "MW312": Code(ERROR, "a module lies beside a package of its name"),
    "MW313": Code(WARNING, "a file's name cannot be imported"),
    "MW314": Code(ERROR, "names differ only in case"),
    "MW315": Code(ERROR, "an import is spelt in the wrong case"),
    "MW316": Code(WARNING, "a common name stands at the top of site-packages"),
    "MW317": Code(WARNING, "a submodule replaces an attribute of its package"),
    "MW318": Code(WARNING, "a star import silently replaces a name"),
    # MW4xx: packaging
    "MW401": Code(ERROR, "another module is imported in its place"),
    "MW402": Code(ERROR, "the wheel holds no module"),
    "MW403": Code(ERROR, "a module of the source is not in the wheel"),
    "MW404": Code(WARNING, "a data file of the source is not in the wheel"),
    "MW405": Code(WARNING, "a module of the wheel is not in the source"),
    "MW406": Code(WARNING, "a folder in a package has no __init__.py"),
    "MW407": Code(WARNING, "a namespace has an __init__.py"),
    # MW5xx: side effects at import, and its cost
    "MW501": Code(WARNING, "a module writes output at import"),
    "MW502": Code(WARNING, "a module raises a warning at import"),
    "MW503": Code(WARNING, "a module writes, moves or deletes files at import"),
    "MW504": Code(WARNING, "a module uses the network at import"),
    "MW505": Code(WARNING, "a module runs a program at import"),
    "MW506": Code(WARNING, "a module starts a thread at import"),
    "MW507": Code(INFO, "a module registers something to do at exit"),
    "MW508": Code(WARNING, "a module changes a signal handler at import"),
    "MW509": Code(WARNING, "a module changes the locale at import"),
    "MW510": Code(WARNING, "a module changes the working directory or umask at import"),
    "MW511": Code(WARNING, "a module changes environment variables at import"),
    "MW512": Code(INFO, "a module reads environment variables at import"),
    "MW513": Code(WARNING, "a module changes sys.path at import"),
    "MW514": Code(WARNING, "a module configures logging at import"),
    "MW515": Code(WARNING, "a module changes the warning filters at import"),
    "MW516": Code(WARNING, "a module changes settings of the interpreter at import"),
    "MW517": Code(WARNING, "a module installs an import hook at import"),
    "MW518": Code(WARNING, "a module changes another one's attributes at import"),
    "MW519": Code(WARNING, "a module changes the builtins at import"),
    "MW520": Code(WARNING, "a module leaves a file descriptor open at import"),
    "MW521": Code(WARNING, "a module asks for input at import"),
    "MW531": Code(INFO, "what an import costs"),
    "MW532": Code(ERROR, "an import costs more than its budget"),
    # MW6xx: exports
    "MW601": Code(ERROR, "__all__ names what the module does not have"),
    "MW602": Code(ERROR, "a lazy export does not resolve"),
    "MW603": Code(ERROR, "a stub names what its module does not have"),
    # MW7xx: portability
    "MW701": Code(ERROR, "syntax is newer than requires-python"),
    "MW702": Code(ERROR, "the standard library used is newer than requires-python"),
    "MW703": Code(ERROR, "a newer Python that requires-python admits has removed it"),
    "MW704": Code(ERROR, "a source file does not decode"),
    "MW705": Code(ERROR, "a __future__ import stands too late"),
    "MW706": Code(ERROR, "a module of one operating system is imported without a guard"),
    "MW707": Code(WARNING, "a module does not import under python -OO"),
    "MW708": Code(WARNING, "a module does not import without a stdout"),
    "MW709": Code(ERROR, "a module does not import from a zip file"),
    "MW710": Code(WARNING, "a module does not import under an ASCII locale"),
    "MW711": Code(WARNING, "a module does not import inside a running event loop"),
    "MW712": Code(WARNING, "a module does not import in another thread than the main one"),
    "MW713": Code(WARNING, "a module does not import without site"),
    "MW714": Code(ERROR, "a module does not import on another Python that is admitted"),
    # MW8xx: extension modules
    "MW801": Code(ERROR, "an extension has an undefined symbol"),
    "MW802": Code(ERROR, "an extension has no init function of its name"),
    "MW803": Code(ERROR, "an extension is built for another Python or platform"),
    "MW804": Code(ERROR, "an extension crashes the interpreter"),
    "MW805": Code(WARNING, "a broken extension is hidden by its fallback"),
    "MW806": Code(WARNING, "an extension starts threads or writes output at import"),
    "MW807": Code(INFO, "an extension cannot be loaded in a subinterpreter"),
    # MW9xx: entry points and scripts
    "MW901": Code(ERROR, "an entry point does not load"),
    "MW902": Code(ERROR, "a script fails when it is run by its path"),
    "MW903": Code(ERROR, "a module fails when it is run with -m"),
    "MW904": Code(WARNING, "__main__ cannot be imported without running"),
}


def finding(
    code: str,
    module: str,
    message: str,
    hint: str,
    file: str | None = None,
    line: int | None = None,
    *,
    severity: Severity | None = None,
    traceback: tuple[tuple[str, int], ...] = (),
) -> Finding:
    """Return a finding that weighs what its code weighs, unless said otherwise.

    Args:
        code: Of `CODES`.
        module: The module's dotted name; empty when it is about the whole wheel.
        message: What is wrong.
        hint: What to do about it.
        file: Relative to the project.
        line: In that file, from 1 on.
        severity: When this case weighs more or less than its kind.
        traceback: The user's own frames on the way there, outermost first.
    """
    weight = severity or CODES[code].severity
    return Finding(code, weight, module, file, line, message, hint, traceback)
