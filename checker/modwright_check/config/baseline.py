"""A baseline: findings that a team knows and has not fixed yet, in a file that it commits.

Of an entry, code, module and message are compared. The lines of a source move, and the numbers in
a message with them; neither makes a finding a new one.
"""

import json
import os
import stat
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from modwright_check.config.configuration import Configuration, Overrides
from modwright_check.config.filters import is_asked_for
from modwright_check.model import policies
from modwright_check.model.codes import CODES
from modwright_check.model.errors import UsageFailed, in_words
from modwright_check.model.identity import identity
from modwright_check.model.report import Baseline, Finding, Identity, Severity

SCHEMA = 1
LARGEST = 64 << 20  # bytes of a file that is read

_ELSEWHERE = {"MW208", "MW209", "MW714"}  # told of one environment, which their messages name
_UNDER_STRAIN = {code for code, row in CODES.items() if row.policy is policies.STRESS}


@dataclass(frozen=True)
class Known:
    """What a baseline holds.

    Args:
        name: Of its file, as the command line or the configuration has it.
        file: Where it lies.
        entries: How many findings of an identity it holds; None when there is no file yet.
    """

    name: str
    file: Path
    entries: Counter[Identity] | None

    def compare(
        self, findings: Iterable[Finding], is_asked_for: Callable[[Identity], bool]
    ) -> tuple[tuple[Finding, ...], Baseline]:
        """Return the new findings, and a summary of the others.

        Args:
            findings: All that are reported without a baseline.
            is_asked_for: Whether this check would find an entry, if it is still so.
        """
        left = Counter(self.entries or {})
        new: list[Finding] = []
        known: list[Finding] = []
        for finding in findings:
            entry = identity(finding)
            (known if left[entry] > 0 else new).append(finding)
            left[entry] -= 1
        kept = sorted((+left).elements())
        gone = tuple(entry for entry in kept if is_asked_for(entry))
        others = tuple(entry for entry in kept if not is_asked_for(entry))
        there = self.entries is not None
        return tuple(new), Baseline(self.name, tuple(known), gone, others, is_there=there)


def baseline_of(
    project: Path | None, configuration: Configuration, overrides: Overrides
) -> Known | None:
    """Return what is known already of a project; None when it has no baseline.

    Args:
        project: Its folder; None when there is only a wheel.
        configuration: The project's.
        overrides: What the command line says.

    Raises:
        UsageFailed: The file is not a baseline, or there is none to write.
    """
    if overrides.baseline:
        return read_baseline(str(overrides.baseline), Path())
    if configuration.baseline and project:
        return read_baseline(configuration.baseline, project)
    if overrides.write_baseline:
        raise UsageFailed(
            "--write-baseline needs a file: use --baseline FILE, or set `baseline` in"
            " [tool.modwright.check] of pyproject.toml."
        )
    return None


def is_looked_for(
    configuration: Configuration,
    environments: Iterable[str],
    entry: Identity,
    *,
    tells_of: Callable[[str], bool],
) -> bool:
    """Return whether a check has found an entry of a baseline, if it is still so.

    Args:
        configuration: Says what is selected.
        environments: What was different in those that it has imported in besides the first, in
            the words of the entries.
        entry: Of the baseline.
        tells_of: Whether findings of a module were told; those of the wheel have an empty name.
    """
    if not (tells_of(entry.module) and is_asked_for(entry.code, entry.module, configuration)):
        return False
    if entry.code in _ELSEWHERE:
        return any(f" {each}: " in entry.message for each in environments)
    return configuration.strains or entry.code not in _UNDER_STRAIN


def read_baseline(name: str, folder: Path) -> Known:
    """Read a baseline; a file that is not there yet holds nothing.

    Args:
        name: Of its file.
        folder: That the name starts from.

    Raises:
        UsageFailed: It is not one, or there is no folder that it could be written into.
    """
    file = folder / name
    try:
        if not stat.S_ISREG(file.stat().st_mode):  # to open a pipe would last for ever
            raise UsageFailed(f"The baseline {file} is not a regular file.")
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except FileNotFoundError:
        if not file.parent.is_dir():
            raise UsageFailed(f"The folder of the baseline {file} does not exist.") from None
        return Known(name, file, None)
    except OSError as error:
        raise UsageFailed(f"The baseline cannot be read: {in_words(error)}.") from None
    try:
        if len(content) > LARGEST:
            raise ValueError(f"it has more than {LARGEST >> 20} MB")
        return Known(name, file, Counter(_entries(json.loads(content))))
    except (ValueError, TypeError, RecursionError) as error:
        raise UsageFailed(f"{file} is not a baseline: {_one_line(error)}.") from None


def _entries(document: Any) -> Iterable[Identity]:
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise ValueError(f'expected an object with "schema": {SCHEMA}')
    findings = document.get("findings")
    if not isinstance(findings, list):
        raise TypeError('"findings" is not an array')
    for number, entry in enumerate(findings, 1):
        parts = entry if isinstance(entry, dict) else {}
        if not all(isinstance(parts.get(key), str) for key in Identity._fields):
            keys = ", ".join(Identity._fields)
            raise ValueError(f"finding {number} needs {keys} as strings")
        yield Identity(**{key: parts[key] for key in Identity._fields})


def write_baseline(
    known: Known, baseline: Baseline, new: Iterable[Finding]
) -> tuple[tuple[Finding, ...], Baseline]:
    """Write the findings of a check, beside what it did not look for: all, or nothing.

    What is only information fails nothing, and needs no baseline.

    Args:
        known: What the file holds.
        baseline: The outcome of the comparison with it.
        new: What it did not hold.

    Returns:
        What is still new, and what is to be said of the others.

    Raises:
        UsageFailed: It cannot be written.
    """
    added = tuple(finding for finding in new if finding.severity is not Severity.INFO)
    rest = tuple(finding for finding in new if finding.severity is Severity.INFO)
    held = [f for f in (*baseline.known, *added) if f.severity is not Severity.INFO]
    text = _written(sorted([*map(identity, held), *baseline.not_looked_for]))
    try:
        _replace(known.file.resolve(), text.encode("utf-8", "surrogatepass"))
    except OSError as error:
        raise UsageFailed(f"The baseline cannot be written: {in_words(error)}.") from None
    return rest, replace(baseline, known=(*baseline.known, *added), added=len(added))


def _written(entries: Iterable[Identity]) -> str:
    """Return JSON with a line for each entry, so that branches which fix different ones merge."""
    lines = ",".join(
        f"\n    {json.dumps(entry._asdict(), ensure_ascii=False)}" for entry in entries
    )
    return f'{{\n  "schema": {SCHEMA},\n  "findings": [{lines}\n  ]\n}}\n'


def _replace(file: Path, content: bytes) -> None:
    """Put a file in the place of another one, in one step."""
    descriptor, draft = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
        Path(draft).chmod(_mode_of(file))
        Path(draft).replace(file)
    except BaseException:
        with suppress(OSError):
            Path(draft).unlink()
        raise


def _mode_of(file: Path) -> int:
    """Return the mode of a file; of one that is not there, what the umask leaves."""
    with suppress(FileNotFoundError):
        return file.stat().st_mode & 0o777
    umask = os.umask(0o22)
    os.umask(umask)
    return 0o666 & ~umask


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
