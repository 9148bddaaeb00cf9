"""`modwright add` and `modwright remove`: one answer more or less, and nothing else."""

import os
import pty
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from modwright.errors import UsageFailed
from modwright.upkeep import operation
from modwright.upkeep.change import Change
from modwright.upkeep.components import prepare_adding, prepare_removing
from modwright.upkeep.record import Record
from modwright.upkeep.rendering import Workbench
from modwright.upkeep.trees import checkout
from tests.conftest import Run
from tests.upkeep.conftest import MakeProject, Project, git

COPIER_YML = """
    _subdirectory: template
    _templates_suffix: .jinja
    _envops: {keep_trailing_newline: true, trim_blocks: true, lstrip_blocks: true}
    project_name: {type: str, help: Name, default: small}
    subpackages: {type: yaml, help: Packages, default: []}
    external: {type: str, multiselect: true, help: Libraries, choices: [numpy, flask], default: []}
    extension: {type: str, help: Extension, choices: [none, c, cpp], default: none}
    docs: {type: bool, help: Documentation, default: false}
"""
FILES = {
    "README.md.jinja": """\
        # {{ project_name }}

        It has:

        {% for name in subpackages %}
        - the package {{ name }}
        {% endfor %}
        {% for name in external %}
        - the library {{ name }}
        {% endfor %}
        {% if docs %}
        - documentation
        {% endif %}
        - and the rest

        The end.
        """,
    "src/small/__init__.py": "",
    "src/small/core.py": "X = 1\n",
    "src/small/{% yield name from subpackages %}{{ name }}{% endyield %}/__init__.py.jinja": (
        '"""{{ name }}"""\n\nNAME = "{{ name }}"\n'
    ),
    "src/small/{% if extension != 'none' %}fast.c{% endif %}.jinja": "// {{ extension }}\n",
    "{% if docs %}docs{% endif %}/index.md": "# Documentation\n",
}
MINE = {"README.md": "# small\n\nMine.\n\nIt has:\n\n- and the rest\n- more\n\nThe end.\n"}
Everything = Callable[[Project], dict[str, bytes | None]]
Made = Callable[[], Project]


@pytest.fixture
def made(project: MakeProject) -> Project:
    """Make a project that could have more."""
    return project(FILES, {}, beside={"copier.yml": COPIER_YML})


@pytest.fixture
def made_with(made: Project) -> Callable[..., dict[str, str]]:
    """Return the files of a project that was made with some answers."""

    def made_with(**answers: object) -> dict[str, str]:
        with Workbench(made.template.source) as workbench:
            history = workbench.history(made.template.source.url, ["v1"])
            template = workbench.template(history, history.get("v1"))
            there = checkout(made.folder)
            return there.files(workbench.render(there, template, Record("", "v1", answers)).tree)

    return made_with


def add(made: Project, kind: str, *names: str) -> Change:
    """Add components, and commit that."""
    return _carried_out(made, partial(prepare_adding, kind=kind, names=names))


def remove(made: Project, kind: str, *names: str, spares_changed: bool = True) -> Change:
    """Remove components, and commit that."""
    return _carried_out(
        made,
        partial(prepare_removing, kind=kind, names=names, spares_changed=spares_changed),
    )


def _carried_out(made: Project, prepare: Callable[..., Change | None]) -> Change:
    there = checkout(made.folder)
    with Workbench(made.template.source) as workbench:
        change = prepare(there, workbench)
    assert change is not None
    operation.begin(there, change.operation)
    return change


def files(made: Project) -> dict[str, str]:
    """Return the committed files of a project."""
    there = checkout(made.folder)
    return there.files(there.tree("HEAD"))


COMPONENTS: list[tuple[str, Sequence[str], dict[str, object]]] = [
    ("subpackage", ["billing"], {"subpackages": ["billing"]}),
    ("subpackage", ["billing", "mail"], {"subpackages": ["billing", "mail"]}),
    ("external", ["flask"], {"external": ["flask"]}),
    ("extension", ["cpp"], {"extension": "cpp"}),
    ("docs", [], {"docs": True}),
]


EACH_COMPONENT = pytest.mark.parametrize(
    ("kind", "names", "answers"),
    [COMPONENTS[0], *(pytest.param(*one, marks=pytest.mark.full) for one in COMPONENTS[1:])],
)


@EACH_COMPONENT
def test_what_is_added_later_is_as_if_it_had_been_made_with_it(
    made: Project,
    made_with: Callable[..., dict[str, str]],
    kind: str,
    names: Sequence[str],
    answers: dict[str, object],
) -> None:
    add(made, kind, *names)
    assert files(made) == made_with(**answers)


@EACH_COMPONENT
def test_what_is_removed_leaves_the_project_as_it_was(
    made: Project, kind: str, names: Sequence[str], answers: dict[str, object]
) -> None:
    before = files(made)
    add(made, kind, *names)
    assert files(made) != before, answers
    remove(made, kind, *names)
    assert files(made) == before


def test_what_the_user_has_written_stays_on_both_ways(made: Project) -> None:
    made.edit(MINE)
    add(made, "docs")
    assert "- documentation\n- and the rest\n- more\n" in made["README.md"]
    assert "Mine." in made["README.md"]
    remove(made, "docs")
    assert made["README.md"] == MINE["README.md"]


def test_no_other_version_comes_along(made: Project) -> None:
    add(made, "docs")
    assert "_commit: v1\n" in made[".copier-answers.yml"]
    assert "docs: true" in made[".copier-answers.yml"]


def test_an_addition_is_one_commit_that_can_be_undone(
    made: Project, everything: Everything
) -> None:
    before = everything(made)
    add(made, "subpackage", "billing")
    assert git(made.folder, "log", "-1", "--format=%s") == "Add subpackage billing\n"
    git(made.folder, "revert", "--no-edit", "HEAD")
    assert everything(made) == before


def test_a_file_that_the_user_has_changed_stays(made: Project) -> None:
    add(made, "subpackage", "billing")
    made.edit({"src/small/billing/__init__.py": "MINE = 1\n", "src/small/billing/own.py": ""})
    change = remove(made, "subpackage", "billing")
    assert made["src/small/billing/__init__.py"] == "MINE = 1\n"
    assert "src/small/billing/__init__.py: you have changed it, so it stays" in change.notes
    assert "- the package billing" not in made["README.md"]


def test_a_changed_file_goes_when_that_is_said_and_an_own_one_never(made: Project) -> None:
    add(made, "subpackage", "billing")
    made.edit({"src/small/billing/__init__.py": "MINE = 1\n", "src/small/billing/own.py": ""})
    remove(made, "subpackage", "billing", spares_changed=False)
    assert "src/small/billing/__init__.py" not in made
    assert "src/small/billing/own.py" in made


@pytest.mark.parametrize(
    "line",
    [
        "from small import billing",
        *(
            pytest.param(line, marks=pytest.mark.full)
            for line in (
                "from small.billing import NAME",
                "import small.billing as b",
                "from . import billing",
                "from .billing import NAME",
                "def later():\n    from small.billing import NAME",
            )
        ),
    ],
)
def test_an_import_of_what_would_go_is_named(made: Project, line: str) -> None:
    add(made, "subpackage", "billing")
    made.edit({"src/small/core.py": f"X = 1\n{line}\n"})
    with Workbench(made.template.source) as workbench:
        where = (checkout(made.folder), workbench)
        change = prepare_removing(*where, "subpackage", ["billing"], spares_changed=True)
    assert change is not None
    assert [lost.partition(" imports ")[2] for lost in change.lost] == ["small.billing"]
    assert change.lost[0].startswith("src/small/core.py:")


def test_an_update_tells_of_an_import_of_a_module_that_the_user_has_renamed(
    project: MakeProject,
) -> None:
    made = project(
        {"src/small/__init__.py": "", "src/small/core.py": "X = 1\n"},
        {"src/small/more.py": "from small.core import X\n"},
    )
    made.edit({"src/small/core.py": None, "src/small/heart.py": "X = 1\n"})
    change = made.prepare()
    assert change is not None
    assert change.lost == ("src/small/more.py:1 imports small.core",)


@pytest.mark.parametrize(
    ("kind", "names", "told"),
    [
        ("subpackages", ["x"], "no kind subpackages. Kinds are subpackage, "),
        ("module", ["x"], "knows no module. Run `modwright update` first."),
        ("external", ["pandas"], "there are numpy, flask."),
        ("external", [], "external takes a NAME."),
        ("docs", ["x"], "docs takes no NAME."),
        ("extension", ["none"], "there are c, cpp."),
        ("extension", ["c", "cpp"], "one extension at most"),
    ],
)
def test_a_wrong_name_is_told_with_the_right_ones(
    made: Project, kind: str, names: Sequence[str], told: str
) -> None:
    before = files(made)
    with pytest.raises(UsageFailed, match=told):
        add(made, kind, *names)
    assert files(made) == before


def test_what_is_there_is_not_added_and_what_is_not_there_not_removed(made: Project) -> None:
    for kind, names in (("subpackage", ["x"]), ("docs", []), ("extension", ["c"])):
        with pytest.raises(UsageFailed, match=f"The project has no {kind}"):
            remove(made, kind, *names)
        add(made, kind, *names)
        with pytest.raises(UsageFailed, match=f"The project has (the )?{kind}.* already"):
            add(made, kind, *names)


def test_an_answer_that_a_preset_fixes_is_not_changed(made: Project) -> None:
    answers = made[".copier-answers.yml"]
    made.edit({".copier-answers.yml": answers + "preset: team.yml\npreset_fixed: {docs: false}\n"})
    with pytest.raises(UsageFailed, match=r"docs: the preset team\.yml fixes it to False"):
        add(made, "docs")


@pytest.fixture
def here(made: Project) -> Project:
    """Make a project whose template is found without a network."""
    return made.found_without_a_network()


def test_the_difference_is_shown_and_nothing_changed(here: Project, run: Run) -> None:
    finished = run("add", "subpackage", "billing", "--project", here.folder, "--dry-run")
    assert finished.returncode == 0, finished.stderr
    assert "+- the package billing\n" in finished.stdout
    assert "added   src/small/billing/__init__.py" in finished.stdout
    assert not git(here.folder, "status", "--porcelain")
    assert "src/small/billing/__init__.py" not in here


@pytest.mark.full
def test_without_a_terminal_nobody_is_asked(here: Project, run_here: Run) -> None:
    arguments = ("add", "docs", "--project", here.folder, "--no-check")
    refused = run_here(*arguments)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--yes" in refused.stderr
    assert run_here(*arguments, "--yes").returncode == 0
    assert "docs/index.md" in here


@pytest.mark.full
@pytest.mark.parametrize(("key", "exit_code"), [("y", 0), ("n", 130)])
def test_a_person_sees_the_difference_and_is_asked(here: Project, key: str, exit_code: int) -> None:
    person, terminal = pty.openpty()
    os.write(person, f"{key}\n".encode())
    command = [sys.executable, "-m", "modwright", "add", "docs", "--no-check"]
    finished = subprocess.run(
        command, cwd=here.folder, check=False, stdin=terminal, stdout=terminal, stderr=terminal
    )
    shown = os.read(person, 100_000).decode()
    os.close(terminal)
    os.close(person)
    assert finished.returncode == exit_code, shown
    assert "+- documentation" in shown
    assert "Add docs? [y/N]" in shown
    assert ("docs/index.md" in here) == (key == "y")


@pytest.mark.full
def test_a_removal_names_the_lines_that_still_import(here: Project, run_here: Run) -> None:
    add(here, "subpackage", "billing")
    here.edit({"src/small/core.py": "from small.billing import NAME\n"})
    head = git(here.folder, "rev-parse", "HEAD")
    finished = run_here("remove", "subpackage", "billing", "--project", here.folder, "--yes")
    assert finished.returncode == 2
    assert "src/small/core.py:1 imports small.billing\n" in finished.stderr
    assert git(here.folder, "rev-parse", "HEAD") == head


# Counts how often git is started, and kills whoever starts it for the nth time.
KILLING_GIT = """\
#!/bin/sh
count=$(($(cat "{count}") + 1))
echo $count > "{count}"
[ $count -ne {moment} ] || {{ kill -KILL $PPID; exit 1; }}
exec "{git}" "$@"
"""


def _marks(command: str, moment: int) -> list[pytest.MarkDecorator]:
    if (command, moment) == ("add", 24):
        return []
    return [pytest.mark.release if moment % 8 else pytest.mark.full]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize(
    ("command", "moment"),
    [
        pytest.param(command, moment, marks=_marks(command, moment))
        for command in ("add", "remove")
        for moment in range(4, 40, 4)
    ],
)
def test_a_project_is_as_before_or_as_after_when_it_is_killed(
    here: Project, everything: Everything, run: Run, tmp_path: Path, command: str, moment: int
) -> None:
    if command == "remove":
        add(here, "subpackage", "billing")
    before, head = everything(here), git(here.folder, "rev-parse", "HEAD")
    count, program = tmp_path / "count", tmp_path / "bin" / "git"
    count.write_text("0")
    program.parent.mkdir()
    text = KILLING_GIT.format(count=count, moment=moment, git=shutil.which("git"))
    program.write_text(text, "utf-8")
    program.chmod(0o755)
    path = os.pathsep.join([str(program.parent), os.environ["PATH"]])
    where = ("subpackage", "billing", "--project", here.folder, "--yes", "--no-check")

    ended = run(command, *where, env={"PATH": path})

    assert ended.returncode in {0, -signal.SIGKILL}, ended.stderr
    operation.settle_what_was_left(checkout(here.folder))
    assert not git(here.folder, "status", "--porcelain")
    assert not git(here.folder, "for-each-ref", "refs/worktree")
    assert (everything(here) == before) == (git(here.folder, "rev-parse", "HEAD") == head)
    rest = {file.name for file in (here.folder / ".git" / "modwright").iterdir()}
    assert rest <= {"lock", "renderings.json"}
