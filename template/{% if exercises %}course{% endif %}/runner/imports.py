"""What `modwright check` finds in a learner's project, in a learner's words."""

import json
import threading
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import interpreter
from .processes import Program

SECONDS = 180.0
MOST = 8 << 20  # bytes of a report
WORDS = Path(__file__).with_name("findings.toml")


@dataclass(frozen=True)
class Imports:
    """What the import check has said."""

    findings: Sequence[dict[str, Any]] = ()
    problem: str = ""  # why it has said nothing

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.get("severity") == "error" for finding in self.findings)


def can_look(root: Path, python: str, stop: threading.Event | None = None) -> bool:
    """Return whether an environment has modwright.

    Raises:
        Stopped: `stop` was set.
    """
    asked = "from importlib.util import find_spec; print(find_spec('modwright') is not None)"
    try:
        env = interpreter.surroundings(python)
        with Program([python, "-I", "-c", asked], cwd=root, env=env, most=MOST) as program:
            program.wait(SECONDS, stop, lambda: False)
    except OSError:
        return False
    return program.stdout.all().strip() == b"True"


def looked_at(root: Path, python: str, stop: threading.Event | None = None) -> Imports:
    """Let modwright look at a project.

    Raises:
        Stopped: `stop` was set.
    """
    command = [python, "-I", "-X", "utf8", "-m", "modwright", "check", ".", "--format", "json"]
    try:
        env = interpreter.surroundings(python)
        with Program(command, cwd=root, env=env, most=MOST) as program:
            end = program.wait(SECONDS, stop, lambda: False)
    except OSError as problem:
        return Imports(problem=f"Cannot start {python}: {problem.strerror}")
    if end != "ended":
        return Imports(problem=f"The import check did not come to an end within {SECONDS:g} s.")
    said = program.stderr.all().decode("utf-8", "replace").strip()
    if "No module named modwright" in said:
        return Imports(problem="modwright is not installed in this environment.")
    try:
        report = json.loads(program.stdout.all())
        return Imports([finding for finding in report["findings"] if finding["code"]])
    except (ValueError, KeyError, TypeError):
        last = said.splitlines()[-1] if said else f"exit code {program.process.returncode}"
        return Imports(problem=f"The import check has not come far: {last}")


def in_words(imports: Imports) -> list[str]:
    """Return paragraphs: each finding with its place, what it means, and what to do."""
    if imports.problem:
        return [imports.problem]
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    findings = {_place(finding): finding for finding in imports.findings if _matters(finding)}
    explained: set[str] = set()
    told = []
    for place, finding in findings.items():
        told += _told(place, finding, {} if finding["code"] in explained else words)
        explained.add(finding["code"])
    return told or ["Every module of your project imports cleanly, on its own and from the wheel."]


def _matters(finding: dict[str, Any]) -> bool:
    return finding.get("severity") in {"error", "warning"}


def _place(finding: dict[str, Any]) -> str:
    place = finding.get("file") or finding.get("module") or ""
    if finding.get("file") and finding.get("line"):
        place = f"{place}:{finding['line']}"
    return f"{place}  ({finding['severity']} {finding['code']})"


def _told(place: str, finding: dict[str, Any], words: dict[str, Any]) -> list[str]:
    """Return a finding in words; a code that was explained already only with what it is about."""
    known = words.get(finding["code"], {})
    what_to_do = known.get("do") or (finding.get("hint") if words else "")
    told = [place, finding.get("message"), known.get("means"), what_to_do]
    return [*(str(text) for text in told if text), ""]
