"""Entry points that Python calls whenever it starts (PEP 829): MW408, and MW412 for wrong ones.

Python 3.15 and newer read the files `NAME.start` at the top of site-packages. What is wrong in
there costs no start, but is reported on stderr at each.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.questions import HasAttributes
from modwright_check.model.report import Finding
from modwright_check.model.trial import UNTRIED, Trial, raised

_READS_THEM = 15  # the second number of the first Python that does
_WORDS = r"(?!\d)\w+(?:\.(?!\d)\w+)*"
# What `pkgutil.resolve_name(strict=True)` takes.
_REFERENCE = re.compile(rf"(?P<module>{_WORDS}):(?P<path>{_WORDS})")
_NAME = "Name a function that can be called without arguments, as `module:function`."


class _Entry(NamedTuple):
    """A line of a start file.

    Args:
        file: The file's name.
        line: From 1 on.
        value: What stands there.
    """

    file: str
    line: int
    value: str

    @property
    def question(self) -> HasAttributes | None:
        """Return whether what it refers to is there; None when it refers to nothing."""
        match = _REFERENCE.fullmatch(self.value)
        return HasAttributes(match["module"], (match["path"],)) if match else None


def questions(evidence: Evidence) -> Iterator[HasAttributes]:
    """Yield whether what start files refer to is there.

    Args:
        evidence: All that is known of the project.
    """
    for entries in _files(evidence).values():
        yield from (entry.question for entry in entries or () if entry.question)


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield what Python reports at each start, and of what it calls the first of each file.

    Args:
        evidence: All that is known of the project.
    """
    for file, entries in _files(evidence).items():
        if entries is None:
            message = f"{file} is not in UTF-8, so Python passes over it"
            yield finding("MW412", "", message, "Save it as UTF-8.", file)
            continue
        wrong = {entry: why for entry in entries if (why := _problem(entry, evidence))}
        for entry, why in wrong.items():
            message = f"Python reports at each start that {entry.value!r} {why}"
            yield finding("MW412", "", message, _NAME, file, entry.line)
        for entry in [entry for entry in entries if entry not in wrong][:1]:
            yield finding(
                "MW408",
                "",
                f"{file} runs {entry.value} whenever Python starts, whether or not the project is "
                "imported",
                "Run it when the package is imported, or in a function that the program calls.",
                file,
                entry.line,
            )


def _files(evidence: Evidence) -> dict[str, tuple[_Entry, ...] | None]:
    """Return the entries of each start file; None of one that Python cannot decode."""
    found: dict[str, tuple[_Entry, ...] | None] = {}
    if _READS_THEM not in evidence.admitted:
        return found
    for path in evidence.files:
        if path.suffix != ".start" or len(path.parts) > 1 or path.name.startswith("."):
            continue
        name = evidence.sources.in_project(path)
        try:
            text = evidence.sources.installed(path).read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            found[name] = None
        except OSError:
            continue
        else:
            lines = enumerate(map(str.strip, text.splitlines()), start=1)
            entries = (_Entry(name, number, line) for number, line in lines)
            found[name] = tuple(each for each in entries if each.value[:1] not in {"", "#"})
    return found


def _problem(entry: _Entry, evidence: Evidence) -> str | None:
    """Return what Python meets when it looks for what an entry refers to; None when all is well."""
    if entry.question is None:
        return "is not of the form `module:function`"
    trial = evidence.answers.to(entry.question)
    if trial is UNTRIED:
        return None
    if not trial.answers or trial.answers[0] != ("loaded",):
        return f"cannot be imported: {trial.raised or trial.end}"
    return _of_the_object(trial)


def _of_the_object(trial: Trial) -> str | None:
    for answer in trial.answers[1:]:
        match answer:
            case ("resolves", _, False, *_):
                return "cannot be called"
            case ("lacks", _, owner, name, *_):
                return f"is not there: {owner} has no {name}"
            case ("raises", _, *told):
                return f"cannot be looked up: {raised(told)}"
    return None
