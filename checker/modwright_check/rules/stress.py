"""MW707 to MW713, MW715: a module imports, but not in every circumstance it will meet."""

from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.report import Finding
from modwright_check.rules.imports import said_of

# Code: under what, what to do.
_STRAINS = {
    "MW707": (
        "under python -OO",
        "Do not rely on docstrings or assert statements: -OO removes them.",
    ),
    "MW708": (
        "without a stdout",
        "sys.stdout is None under pythonw and in services: do not write at import.",
    ),
    "MW709": ("from a zip file", "Read data by importlib.resources, not by paths beside __file__."),
    "MW710": (
        "under an ASCII locale",
        'Name the encoding: open(…, encoding="utf-8"). Containers and cron jobs have such locales.',
    ),
    "MW711": (
        "inside a running event loop",
        "Run no event loop at import: notebooks and servers import inside theirs.",
    ),
    "MW712": (
        "in another thread than the main one",
        "Leave to the program what only the main thread may do, such as signal handlers.",
    ),
    "MW713": (
        "without site (python -S)",
        "Use sys.exit() instead of exit() and quit(): frozen programs have no site.",
    ),
    "MW715": (
        "without an account and a home",
        "Ask for the home or the user in a function: containers run under ids that have neither.",
    ),
}


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Tell of each module and each strain under which it fails, at the line that fails."""
    files = {module.name: evidence.sources.in_project(module.path) for module in evidence.modules}
    for (code, name), outcome in evidence.strained.items():
        if code == "MW710" and not name.isascii():
            continue  # no import could name it there
        if _is_a_program(name, evidence):
            continue  # that it runs at all is told (MW904)
        circumstance, hint = _STRAINS[code]
        place = evidence.sources.innermost(outcome.frames) or (files[name], None)
        _, message, _ = said_of(outcome)
        yield finding(
            code,
            name,
            f"does not import {circumstance}: {evidence.sources.shortened(message)}",
            hint,
            *place,
        )


def _is_a_program(module: str, evidence: Evidence) -> bool:
    source = evidence.read.get(module)
    return module.endswith(".__main__") and source is not None and source.main_guard is None
