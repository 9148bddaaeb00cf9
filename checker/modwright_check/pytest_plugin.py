"""`pytest --modwright`: a test for each module of the project at pytest's root directory.

pytest imports this file whenever it starts, so it imports nothing of modwright. The check runs in a
process of its own, which no conftest.py and no setting of this pytest can reach, and answers with
the JSON that any program may rely on. Under pytest-xdist it runs once, before the workers start.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

# The prefix of the tests' names, and the name of the test for the project itself.
_ROOT, _PROJECT = "modwright", "(project)"
GRACE = 5.0  # seconds that an interrupted check has to end what it has started
_CHECKED = (0, 1)  # exit codes: clean, or errors found

Finding = dict[str, Any]
Report = dict[str, Any]

_report = pytest.StashKey[Report]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option without which nothing of this happens."""
    parser.getgroup("modwright").addoption(
        "--modwright",
        action="store_true",
        help="Check that the project imports cleanly: adds a test for each of its modules.",
    )


@pytest.hookimpl(tryfirst=True)  # what selects tests, such as -k, comes after
def pytest_collection_modifyitems(session: pytest.Session, items: list[pytest.Item]) -> None:
    """Add the tests of the modules to those that were collected."""
    if session.config.getoption("--modwright"):
        root = session.config.rootpath
        project = CheckedProject.from_parent(session, name=_ROOT, nodeid=_ROOT, path=root)
        items.extend(session.genitems(project))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hand the report to a worker of pytest-xdist."""
    if node.config.getoption("--modwright"):
        node.workerinput[_ROOT] = json.dumps(_checked(node.config))


class CheckedProject(pytest.Collector):
    """The project: a test for each module, and one for what is about none of them."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the tests.

        Raises:
            CollectError: The project cannot be checked; the line says why.
        """
        report = _checked(self.config)
        if "failure" in report:
            raise self.CollectError(report["failure"])
        findings: dict[str, list[Finding]] = {"": []}
        findings |= {module["name"]: [] for module in report["modules"]}
        for finding in report["findings"]:
            findings.get(finding["module"], findings[""]).append(finding)
        for name, about in findings.items():
            yield CheckedModule.from_parent(self, name=name or _PROJECT, findings=about)


class CheckedModule(pytest.Item):
    """A module, which passes unless the check has found errors in it.

    Args:
        findings: What the check says about it.
        options: For pytest.
    """

    def __init__(self, *, findings: list[Finding], **options: Any) -> None:
        super().__init__(**options)
        self._findings = findings

    def runtest(self) -> None:
        """Fail for an error; a warning alone is not a failure."""
        if any(finding["severity"] == "error" for finding in self._findings):
            raise NotClean("\n".join(map(_told, self._findings)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the findings alone: a traceback would be that of this plugin."""
        if isinstance(excinfo.value, NotClean):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the place in the source where the first finding lies, and a headline."""
        for finding in self._findings:
            if finding["file"]:
                line = finding["line"] and finding["line"] - 1
                return self.path / finding["file"], line, f"import {self.name}"
        return self.path / _ROOT, None, f"import {self.name}"


class NotClean(Exception):
    """The check has found errors in a module."""


def _checked(config: pytest.Config) -> Report:
    """Return the report of the project, or an object whose `failure` says why there is none."""
    if _report not in config.stash:
        handed = getattr(config, "workerinput", {}).get(_ROOT)
        config.stash[_report] = json.loads(handed) if handed else _check(config.rootpath)
    return config.stash[_report]


def _check(project: Path) -> Report:
    # -P: the project's own files at its root stand in no way of those that check it.
    command = [sys.executable, "-P", "-m", "modwright", "check", str(project), "--format", "json"]
    with subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    ) as process:
        try:
            stdout, stderr = process.communicate()
        except KeyboardInterrupt:  # which the terminal has sent to the check as well
            with suppress(subprocess.TimeoutExpired):
                process.wait(GRACE)
            process.terminate()
            raise
    if process.returncode in _CHECKED:
        report: Report = json.loads(stdout)
        return report
    last = stderr.strip().rpartition("\n")[2]
    if last.startswith("modwright: "):
        return {"failure": last}
    return {"failure": f"modwright ended with exit code {process.returncode}: {last}"}


def _told(finding: Finding) -> str:
    place = ":".join(str(part) for part in (finding["file"], finding["line"]) if part)
    module = finding["module"] and f"{finding['module']}:"
    parts = (place and f"{place}:", f"{finding['severity']}:", finding["code"], module)
    return f"{' '.join(filter(None, (*parts, finding['message'])))}\n    {finding['hint']}"
