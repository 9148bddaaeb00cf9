"""MW101 to MW105 and MW401: a module does not import, or another one does in its place."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from modwright_check.index.evidence import Evidence
from modwright_check.index.hosts import Hosts
from modwright_check.index.module_origins import Origins
from modwright_check.model.codes import finding
from modwright_check.model.exit_status import is_crash, signal_name
from modwright_check.model.facts import Fact
from modwright_check.model.import_result import Outcome
from modwright_check.model.report import Finding
from modwright_check.static.source import Source
from modwright_check.wheel.distributions import Distribution
from modwright_check.wheel.extension_names import SUFFIXES
from modwright_check.wheel.modules import Module

_REFUSALS = {"ImportError", "ModuleNotFoundError"}
_ENDS = re.compile(r"\b(_exit|kill|killpg|abort|raise_signal)\(")


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Tell of every module that does not import, in general terms.

    Other rules know some of the reasons; what they say takes the place of what is said here.
    """
    hosts = Hosts(evidence, Origins(evidence))
    for module in evidence.modules:
        outcome = evidence.outcomes.get(module.name)
        if outcome is None:
            continue
        if host := hosts.of(module):
            failure = said_of(outcome)
            found = at_innermost(evidence, module, outcome, *failure, facts={Fact.OF_A_HOST})
            yield _for(host, found)
            continue
        said = _from_elsewhere(module, outcome, evidence) if outcome.loaded else said_of(outcome)
        if said:
            yield at_innermost(
                evidence, module, outcome, *said, facts=_refusing(module, outcome, evidence)
            )


def _for(host: Distribution, found: Finding) -> Finding:
    """Return a failure as that of a module which another program runs."""
    return replace(
        found,
        message=f"runs only where {host.title} runs it: {found.message}",
        hint=f"Nothing, if {host.title} loads it; else do this in a function.",
    )


def _refusing(module: Module, outcome: Outcome, evidence: Evidence) -> Iterator[Fact]:
    """Yield whether its package imports without a module, and whether it raises ImportError itself.

    So do backends for want of the library that they are for, in a handler, a function or under a
    condition. Where nothing decides about it, nobody can import the module.
    """
    package = evidence.outcomes.get(module.name.partition(".")[0])
    if "." in module.name and package and package.loaded:
        yield Fact.SPARED
    place = evidence.sources.innermost(outcome.frames[-1:])
    if place and outcome.error in _REFUSALS and _is_raise(*place, evidence):
        yield Fact.REFUSED


def _is_raise(file: str, line: int, evidence: Evidence) -> bool:
    for source in evidence.read.values():
        found = source.at(line) if source.file == file else None
        if found and isinstance(found[0], ast.Raise):
            context = found[1]
            return context.function is not None or context.tried or not context.certain
    return False


def at_innermost(
    evidence: Evidence,
    module: Module,
    outcome: Outcome,
    code: str,
    message: str,
    hint: str,
    *,
    facts: Iterable[Fact] = (),
) -> Finding:
    """Return a finding at the project's innermost line, or else at the module's file."""
    sources = evidence.sources
    place = sources.innermost(outcome.frames) or (
        sources.in_project(module.path),
        _line_of_end(evidence.read.get(module.name)),
    )
    traceback = tuple(
        own for frame in outcome.frames if (own := sources.innermost([frame])) is not None
    )
    return finding(
        code,
        module.name,
        sources.shortened(message),
        hint,
        *place,
        facts=facts,
        traceback=traceback,
    )


def _line_of_end(source: Source | None) -> int | None:
    """Return the last line of a module that ends processes: nobody lives to tell which it was."""
    lines = enumerate(source.text.splitlines(), start=1) if source else ()
    return max((number for number, line in lines if _ENDS.search(line)), default=None)


def said_of(outcome: Outcome) -> tuple[str, str, str]:
    """Return code, message and hint for an import that has failed."""
    if outcome.exits:
        return _exits(f"sys.exit({outcome.message})")
    if outcome.error:
        return _raises(outcome.error, outcome.message)
    if outcome.killed_parent:
        return _kills()
    if outcome.exit_code is None:
        return _hangs(outcome.time_limit)
    if is_crash(outcome.exit_code):
        return _crashes(outcome.exit_code)
    return _exits(f"os._exit({outcome.exit_code})")


def _raises(error: str, message: str) -> tuple[str, str, str]:
    return (
        "MW101",
        f"{error}: {message}" if message else error,
        "Import it alone in a fresh interpreter and follow the traceback.",
    )


def _exits(how: str) -> tuple[str, str, str]:
    return (
        "MW102",
        f"ends the interpreter at import: {how}",
        'Move what runs into a function, and call it under `if __name__ == "__main__":`.',
    )


def _crashes(exit_code: int) -> tuple[str, str, str]:
    return (
        "MW103",
        f"crashes the interpreter at import: {signal_name(exit_code)}",
        "Look at the extension modules that it loads; their debug builds say more.",
    )


def _hangs(time_limit: float) -> tuple[str, str, str]:
    return (
        "MW104",
        f"does not finish importing within {time_limit:g} s",
        "Move what waits or computes into a function.",
    )


def _kills() -> tuple[str, str, str]:
    return (
        "MW105",
        "kills the process that imports it",
        "Whoever imports it loses the program. Move what sends signals into a function.",
    )


def _from_elsewhere(
    module: Module, outcome: Outcome, evidence: Evidence
) -> tuple[str, str, str] | None:
    own = evidence.sources.installed(module.path)
    if outcome.file is None or Path(outcome.file).resolve() == own:
        return None
    if _is_another_build(Path(outcome.file), own):
        return None
    return (
        "MW401",
        f"another module of this name is imported in its place: {outcome.file}",
        "Rename it: whoever installs the wheel gets the other one too.",
    )


def _is_another_build(file: Path, own: Path) -> bool:
    """Return whether a file is the same module for another Python, its compiled twin or fallback.

    A module may put an extension that lies beside it in its own place, whatever that is called.
    """
    same_name = file.name.partition(".")[0] == own.name.partition(".")[0]
    return file.parent == own.parent and (same_name or file.suffix in SUFFIXES)
