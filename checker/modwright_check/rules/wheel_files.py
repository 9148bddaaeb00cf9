"""What installers read of a wheel beyond its modules: MW408 to MW410."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.report import Finding
from modwright_check.static.reading import read_code
from modwright_check.static.start_lines import waits_to_be_asked
from modwright_check.wheel.modules import files_outside
from modwright_check.wheel.record import HEXADECIMAL, disagreements

_TOLD = 3  # files after the first
_RUN_LATER = "Run it when the package is imported, or in a function that the program calls."
_OF_A_CHANGE = "Build the wheel anew: who changes its files has to write RECORD again."
_OF_A_BACK_END = (
    "Report it to the build back end, or use another one: its wheels say so of all files."
)
_OF_A_NAMESPACE = (
    "Give up `namespace_packages`, for which setuptools writes the file: folders without "
    "`__init__.py` are namespaces by themselves."
)


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield what runs whenever Python starts, what is not true of RECORD, and what leads outside.

    Args:
        evidence: All that is known of the project.
    """
    for path in evidence.files:
        if path.suffix == ".pth" and len(path.parts) == 1:
            yield from _running(path, evidence)
    yield from _of_the_record(evidence)
    if names := files_outside(evidence.wheel):
        yield finding(
            "MW410",
            "",
            f"pip refuses the wheel: {_listed(names)} would lie outside of site-packages",
            "Have the build back end name each file by its path in site-packages.",
        )


def _running(path: PurePosixPath, evidence: Evidence) -> Iterator[Finding]:
    """Yield the first line of a path file that runs, as the documentation of `site` tells.

    Rather one that does something in any case than one that waits to be asked.
    """
    try:
        text = read_code(evidence.sources.installed(path)).decode("utf-8", "replace")
    except OSError:
        return
    running = [
        (waits_to_be_asked(line), number)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.startswith(("import ", "import\t"))
    ]
    for waits, number in sorted(running)[:1]:
        yield finding(
            "MW408",
            "",
            f"{path} runs code whenever Python starts, whether or not the project is imported",
            _OF_A_NAMESPACE if path.name.endswith("-nspkg.pth") else _RUN_LATER,
            evidence.sources.in_project(path),
            number,
            facts={Fact.IF_SET} if waits else (),
        )


def _of_the_record(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding for each way in which RECORD is not true."""
    by_reason: dict[str, list[str]] = {}
    for name, reason in disagreements(evidence.wheel):
        by_reason.setdefault(reason, []).append(name)
    for reason, names in by_reason.items():
        yield finding(
            "MW409",
            "",
            f"RECORD {reason}: {_listed(names)}",
            _OF_A_BACK_END if reason == HEXADECIMAL else _OF_A_CHANGE,
        )


def _listed(names: list[str]) -> str:
    first, *others = names
    more = f" (and {', '.join(others[:_TOLD])})" if others else ""
    if left := len(others[_TOLD:]):
        more = f"{more[:-1]} and {left} more)"
    return f"{first}{more}"
