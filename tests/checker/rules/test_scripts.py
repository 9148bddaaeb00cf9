"""What fails when it is run as a program, found without running it."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from modwright_check.model.report import Severity
from modwright_check.rules import main_modules, relative_scripts, scripts
from tests.checker.installing import Project, project_in

pytestmark = pytest.mark.full

SCRIPTS = "sample-1.data/scripts"
RUNS_FOR_EVER = "\nwhile True: pass\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_in(tmp_path.resolve())


def told(
    project: Project, files: Mapping[str, str]
) -> list[tuple[str, str, str | None, int | None]]:
    project.write(files)
    evidence = project.evidence()
    findings = (*main_modules.judge(evidence), *scripts.judge(evidence))
    return [(each.code, each.severity.value, each.file, each.line) for each in findings]


GUARDED = """
    {imports}

    if __name__ == "__main__":
        {then}
"""


def guarded(imports: str, then: str = "raise SystemExit(1)") -> str:
    return GUARDED.format(imports=imports, then=then)


CLI = {"shop/__init__.py": "", "shop/cli.py": "import sys\n\ndef main():\n    sys.exit(0)\n"}
MAIN = "src/shop/__main__.py"

RUNNING = {
    "a call": ("from shop.cli import main\n\nmain()\n", 3),
    "a call whose value is the exit code": (
        "import sys\nfrom shop.cli import main\nsys.exit(main())\n",
        3,
    ),
    "an exit": ("import sys\nsys.exit('closed')\n", 2),
    "a failure deep in the program": (
        "def main():\n    raise KeyError('HOME')\n\nmain()\n",
        4,
    ),
    "an end without a trace": ("import os\nos._exit(0)\n", 2),
}
FAILING = {
    "a dependency that is not there": ("import nosuch_library\n", 1),
    "a name that is not there": ("from shop.cli import mian\n\nmian()\n", 1),
    "a call of what is not there": ("from shop import cli\n\ncli.mian()\n", 3),
    "no Python": ("from shop.cli import main\nmain(\n", 2),
    "an import by name": ("from importlib import import_module\nimport_module('nosuch')\n", 2),
}


@pytest.mark.parametrize("case", RUNNING)
def test_a_main_module_that_runs_when_it_is_imported_is_information(
    case: str, project: Project
) -> None:
    source, line = RUNNING[case]
    files = {**CLI, "shop/__main__.py": source}
    assert told(project, files) == [("MW904", "info", MAIN, line)]


def test_it_is_a_warning_when_another_module_imports_it(project: Project) -> None:
    source, line = RUNNING["a call"]
    files = {**CLI, "shop/__main__.py": source, "shop/web.py": "import shop.__main__\n"}
    assert told(project, files) == [("MW904", "warning", MAIN, line)]


@pytest.mark.parametrize("case", FAILING)
def test_a_main_module_that_fails_is_an_error(case: str, project: Project) -> None:
    source, line = FAILING[case]
    files = {**CLI, "shop/__main__.py": source}
    assert told(project, files) == [("MW903", "error", MAIN, line)]


def test_a_module_below_that_fails_is_the_reason(project: Project) -> None:
    files = {
        "shop/__init__.py": "",
        "shop/cli.py": "\nTABLES = {}['till']\n",
        "shop/__main__.py": "from shop.cli import TABLES\nprint(TABLES)\n",
    }
    assert told(project, files) == [("MW903", "error", "src/shop/cli.py", 2)]


def test_a_main_module_of_a_package_that_fails_has_nothing_to_add(project: Project) -> None:
    files = {"shop/__init__.py": "raise ValueError\n", "shop/__main__.py": "print()\n"}
    assert told(project, files) == []


def test_a_module_that_its_package_imports_already_is_information(project: Project) -> None:
    files = {
        "shop/__init__.py": "from shop.till import total\n",
        "shop/till.py": guarded("def total(): ..."),
    }
    assert told(project, files) == [("MW903", "info", "src/shop/till.py", 4)]


def test_it_is_a_warning_when_the_project_tells_its_users_to_run_it(project: Project) -> None:
    files = {
        "shop/__init__.py": "from shop.till import total\n",
        "shop/till.py": guarded("'Run `python -m shop.till`.'; total = sum"),
    }
    assert told(project, files) == [("MW903", "warning", "src/shop/till.py", 4)]


def test_an_import_under_the_guard_of_what_others_import_is_a_demonstration(
    project: Project,
) -> None:
    till = guarded("", "from .cli import mian")
    files = {**CLI, "shop/till.py": till, "shop/web.py": "import shop.till\n"}
    assert told(project, files) == [("MW903", "warning", "src/shop/till.py", 5)]


def test_an_import_under_the_guard_is_tried(project: Project) -> None:
    till = guarded("", "from .cli import mian")
    files = {**CLI, "shop/till.py": till}
    assert told(project, files) == [("MW903", "error", "src/shop/till.py", 5)]


def test_a_script_that_is_executable_and_cannot_be_run_is_an_error(project: Project) -> None:
    source = (
        "#!/usr/bin/env python3\nfrom .cli import main\nif __name__ == '__main__':\n    main()\n"
    )
    project.write({**CLI, "shop/till.py": source})
    (finding,) = scripts.judge(project.evidence())
    assert (finding.code, finding.severity, finding.line) == ("MW902", Severity.WARNING, 2)
    assert "relative import" in finding.message
    (project.folder / "src/shop/till.py").chmod(0o755)
    (finding,) = scripts.judge(project.evidence())
    assert finding.severity is Severity.ERROR


def test_the_right_to_be_executed_invites_to_nothing_without_a_first_line(project: Project) -> None:
    project.write({**CLI, "shop/till.py": "from .cli import main\n"})
    (project.folder / "src/shop/till.py").chmod(0o755)
    assert not list(relative_scripts.judge(project.evidence()))


INSTALLED = {
    "a module that is not there": ("import shoop\n", 2),
    "a name that is not there": ("from shop.cli import mian\nmian()\n", 2),
    "a relative import": ("from .cli import main\nmain()\n", 2),
    "no Python": ("def main(:\n    pass\n", 2),
}


@pytest.mark.parametrize("case", INSTALLED)
def test_an_installed_script_that_cannot_run_is_an_error(case: str, project: Project) -> None:
    source, line = INSTALLED[case]
    files = {**CLI, f"{SCRIPTS}/till": f"#!python\n{source}"}
    assert told(project, files) == [("MW902", "error", "scripts/till", line)]


def test_a_script_for_a_newer_python_is_not_judged_by_an_older_one(project: Project) -> None:
    source, _ = INSTALLED["no Python"]
    project.write({**CLI, f"{SCRIPTS}/till": f"#!python\n{source}"})
    evidence = project.evidence()
    newer = replace(evidence.environment.info, version="3.99.0")
    environment = replace(evidence.environment, info=newer)
    assert list(scripts.judge(replace(evidence, environment=environment))) == []


HARMLESS = {
    "a main module with a guard": {
        **CLI,
        "shop/__main__.py": guarded("from shop.cli import main", "main()"),
    },
    "a main module that returns": {**CLI, "shop/__main__.py": "from shop import cli\n"},
    "a guard in a module of a package": {
        **CLI,
        "shop/till.py": guarded("from .cli import main", "main()"),
    },
    "an import under the guard": {**CLI, "shop/till.py": guarded("", "from .cli import main")},
    "an import of a submodule under the guard": {
        **CLI,
        "shop/till.py": guarded("", "from . import cli"),
    },
    "an import under the guard that may fail": {
        **CLI,
        "shop/till.py": guarded(
            "", "try: from .nosuch import main\n        except ImportError: pass"
        ),
    },
    "a script in a package": {
        **CLI,
        "shop/till.py": "#!/usr/bin/env python\n" + guarded("from shop.cli import main", "main()"),
    },
    "a script that never ends": {
        **CLI,
        "till.py": "#!/usr/bin/env python3\n"
        + guarded("import shop", "import time; time.sleep(600)"),
    },
    "an installed script that never ends": {
        **CLI,
        f"{SCRIPTS}/till": "#!python\nimport sys\nfrom shop import cli\n" + RUNS_FOR_EVER,
    },
    "an installed script that searches a folder of its own": {
        **CLI,
        f"{SCRIPTS}/till": "#!python\nimport sys\nsys.path.insert(0, '.')\nfrom shop import cli\n",
    },
    "an installed script that can do without": {
        **CLI,
        f"{SCRIPTS}/till": """\
            #!python
            try:
                import nosuch_library
            except ImportError:
                nosuch_library = None
            nosuch_library.use()
        """,
    },
    "an installed script that asks its user": {
        **CLI,
        f"{SCRIPTS}/till": "#!python\nfrom shop import cli\nname = input('Who are you? ')\n",
    },
    "an installed script of the shell": {**CLI, f"{SCRIPTS}/till": "#!/bin/sh\nexec true\n"},
    "a neighbour named like the standard library": {
        **CLI,
        "shop/calendar.py": "import shop\n",
        "shop/till.py": "#!/usr/bin/env python\n"
        + guarded("from calendar import monthrange", "monthrange(2024, 1)"),
    },
}


@pytest.mark.parametrize("case", HARMLESS)
def test_what_runs_is_left_alone(case: str, project: Project) -> None:
    assert told(project, HARMLESS[case]) == []


def test_what_another_project_has_written_is_information(project: Project) -> None:
    files = {
        **CLI,
        "shop/_vendor/tables/__init__.py": "",
        "shop/_vendor/tables/__main__.py": "import shop._vendor.tables.gone\n",
    }
    assert [(code, weight) for code, weight, *_ in told(project, files)] == [("MW903", "info")]


def test_where_nothing_is_to_be_run_nothing_is_asked(project: Project) -> None:
    project.write({**CLI, "shop/till.py": guarded("from .cli import main", "main()")})
    evidence = project.evidence()
    for rule in (main_modules, scripts):
        assert list(rule.questions(evidence)) == []
        assert list(rule.judge(evidence)) == []
