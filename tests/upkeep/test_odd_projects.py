"""Projects that are not as anybody would have them: a line tells what is wrong, nothing is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from modwright.errors import TemplateFailed, UsageFailed
from modwright.git import GitFailed
from modwright.git import git as modwrights_git
from modwright.scaffold.questions import read_questions
from modwright.scaffold.source import template_root
from modwright.upkeep import operation
from modwright.upkeep.change import recorded
from modwright.upkeep.components import prepare_adding, prepare_removing
from modwright.upkeep.inference import infer_answers, read_pyproject
from modwright.upkeep.record import parse_record
from modwright.upkeep.rendering import Workbench
from modwright.upkeep.status import find_status
from modwright.upkeep.toml_tables import with_table
from modwright.upkeep.trees import KEPT, checkout
from tests.upkeep.conftest import URL, MakeProject, Project, change, git

pytestmark = pytest.mark.full  # the usual projects are in the other files

ORIGIN = f"_commit: v1\n_src_path: {URL}\n"
ODD_ANSWERS = {
    "1: x\n": "not a mapping of answers",
    "null: x\n": "not a mapping of answers",
    "2020-01-01: x\n": "not a mapping of answers",
    "date: 2020-99-01\n": "not YAML",
    f"deep: {'[' * 3000}{']' * 3000}\n": "not YAML",
    "itself: &it [*it]\n": "more than 100000 values",
    "preset: [x]\n": "preset is not a text",
    "preset: 5\n": "preset is not a text",
    "preset_owners: {a: [b]}\n": "a is owned by",
    "preset_owners: {5: seed}\n": "preset_owners is not a mapping",
    "preset_fixed: [license]\n": "preset_fixed is not a mapping",
    "left_out: '*'\n": "left_out is not a list of texts",
    "left_out: [1]\n": "left_out is not a list of texts",
}


@pytest.fixture
def small(project: MakeProject) -> Project:
    """Make a project that can be updated from v1 to v2."""
    return project({"text": "1\n"}, {"text": "2\n", "docs/index.rst": "Read.\n"})


def status(*projects: Project) -> list[str | None]:
    """Return what `modwright status` finds wrong with projects."""
    with Workbench(projects[0].template.source) as workbench:
        return [find_status(one.folder, workbench).problem for one in projects]


@pytest.mark.parametrize(("answers", "problem"), ODD_ANSWERS.items())
def test_an_odd_answers_file_is_told_and_stops_no_other_project(
    small: Project, answers: str, problem: str
) -> None:
    committed = small[".copier-answers.yml"]
    small.edit({".copier-answers.yml": committed + answers})
    [told] = status(small)
    assert told
    assert problem in told


def test_bytes_that_no_system_hands_to_a_program_are_told(small: Project) -> None:
    small.edit({".copier-answers.yml": small[".copier-answers.yml"].replace("v1", '"v\\0"')})
    [told] = status(small)
    assert told == "git rev-parse: embedded null byte"


def test_many_values_by_a_few_aliases_are_refused() -> None:
    lines = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)]
    with pytest.raises(TemplateFailed, match="more than 100000 values"):
        parse_record(f"{ORIGIN}a0: &a0 [1]\n{''.join(lines)}")


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_an_answers_file_that_is_changed_beyond_reading_is_not_committed(
    small: Project, content: bytes | None
) -> None:
    change(small.folder, {".copier-answers.yml": content})
    with pytest.raises(UsageFailed, match=r"\.copier-answers\.yml: not committed"):
        recorded(checkout(small.folder))


@pytest.mark.parametrize(
    "pyproject",
    ["[[tool.modwright]]\n", '[tool]\nmodwright = "x"\n', f"a = {'[' * 3000}{']' * 3000}\n"],
)
def test_a_pyproject_that_holds_something_else_gives_no_reasons(
    small: Project, pyproject: str
) -> None:
    small.edit({"pyproject.toml": pyproject})
    assert status(small) == [None]


def test_the_answers_file_cannot_be_left_out(small: Project) -> None:
    everything = 'left_out: ["*"]\n'
    small.edit({".copier-answers.yml": small[".copier-answers.yml"] + everything})
    git(small.folder, "rm", "--quiet", "text")
    small.commit()
    small.update()
    assert "_commit: v2" in small[".copier-answers.yml"]
    assert "text" not in small


@pytest.mark.parametrize("left", ["[]", "{", '{"stages": [1]}', "null", "\0", "[[]]"])
def test_what_is_under_way_and_cannot_be_read_is_not_guessed(small: Project, left: str) -> None:
    here = checkout(small.folder)
    here.state(operation.FILE).write_text(left)
    with pytest.raises(UsageFailed, match=r"operation\.json cannot be read"):
        operation.settle_what_was_left(here)


@pytest.mark.parametrize("kept", ["[]", "{", "\0"])
def test_what_was_kept_and_cannot_be_read_is_made_again(small: Project, kept: str) -> None:
    checkout(small.folder).state(KEPT).write_text(kept)
    assert status(small) == [None]


def test_the_lock_of_another_git_stays(small: Project) -> None:
    lock = small.folder / ".git" / "index.lock"
    lock.touch()
    with pytest.raises(UsageFailed, match=r"Another git is at work .*index\.lock"):
        operation.demand_clean(checkout(small.folder))
    assert lock.exists()


@pytest.mark.parametrize("make", [Path.touch, lambda path: path.symlink_to("/nowhere")])
def test_what_stands_where_a_folder_shall_be_is_told(
    small: Project, make: Callable[[Path], None]
) -> None:
    make(small.folder / "docs")
    update = small.prepare()
    assert update
    with pytest.raises(UsageFailed, match=r"^docs stands in the way"):
        operation.demand_room(checkout(small.folder), update.operation)


def test_a_project_without_an_index_is_compared(small: Project) -> None:
    (small.folder / ".git" / "index").unlink()
    assert status(small) == [None]


def test_nobody_has_to_say_who_they_are_before_anything_is_merged(
    small: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "")
    assert small.prepare()


@pytest.mark.parametrize("kind", ["license", "project-name", "stack", "nothing"])
def test_what_is_not_a_component_is_not_added(small: Project, kind: str) -> None:
    with (
        Workbench(small.template.source) as workbench,
        pytest.raises(UsageFailed, match=f"There is no kind {kind}. Kinds are subpackage, "),
    ):
        prepare_adding(checkout(small.folder), workbench, kind, ["x"])


def test_a_name_is_not_a_component_and_stays(small: Project) -> None:
    here = checkout(small.folder)
    with (
        Workbench(small.template.source) as workbench,
        pytest.raises(UsageFailed, match="There is no kind project-name"),
    ):
        prepare_removing(here, workbench, "project-name", ["small"], spares_changed=True)


def test_git_is_quoted_by_what_it_was_asked_and_by_the_first_cause(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    with pytest.raises(GitFailed, match=r"^git cat-file says: fatal: "):
        modwrights_git(tmp_path, "-c", "a.b=c", "cat-file", "blob", "HEAD:nothing")
    with pytest.raises(GitFailed, match="does not appear to be a git repository"):
        modwrights_git(tmp_path, "fetch", "./nothing")


def refused(small: Project) -> None:
    """Let a hook refuse the commit of an update."""
    hook = small.folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(UsageFailed, match="The files are changed and staged"):
        small.update()


def test_what_was_mended_for_a_hook_is_not_taken_back(small: Project) -> None:
    refused(small)
    change(small.folder, {"text": "mended\n"})
    with pytest.raises(UsageFailed, match=r"was cut off, and text has been changed since\. Go on"):
        operation.settle_what_was_left(checkout(small.folder))
    assert small["text"] == "mended\n"


def test_what_a_hook_refused_and_nobody_has_touched_is_taken_back(small: Project) -> None:
    refused(small)
    assert operation.settle_what_was_left(checkout(small.folder))
    assert small["text"] == "1\n"
    assert "docs/index.rst" not in small


def test_a_project_with_a_change_under_way_is_told_so(small: Project) -> None:
    refused(small)
    answers = small[".copier-answers.yml"]
    change(small.folder, {".copier-answers.yml": answers.replace("small", "other")})
    [told] = status(small)
    assert told
    assert "is under way. Go on with `modwright update --continue`" in told


NAMED = '[project]\nname = "thing"\n'


@pytest.mark.parametrize(
    "odd",
    [
        "authors = [1]",
        "authors = 'Ann'",
        "authors = {name = 'Ann'}",
        "authors = []",
        "keywords = 5",
        "keywords = 'abc'",
        "keywords = [1]",
        "license = [['MIT']]",
        "license = {text = ['MIT']}",
        "classifiers = 5",
        "classifiers = [5]",
        "urls = 'x'",
        "urls = {Source = 5}",
        "requires-python = 3",
    ],
)
def test_a_package_that_says_odd_things_of_itself_has_not_said_them(
    tmp_path: Path, odd: str
) -> None:
    change(tmp_path, {"pyproject.toml": f"{NAMED}{odd}\n", "src/thing/__init__.py": ""})
    questions = read_questions(template_root())
    told = infer_answers(tmp_path, read_pyproject(tmp_path), questions)
    assert told["package_name"] == "thing"
    assert told["keywords"] == []
    assert "license" not in told


def test_a_part_in_another_language_belongs_to_the_package_that_holds_it(tmp_path: Path) -> None:
    maturin = '[tool.maturin]\nmodule-name = "thing._core"\n'
    change(tmp_path, {"pyproject.toml": NAMED + maturin, "python/thing/__init__.py": ""})
    questions = read_questions(template_root())
    told = infer_answers(tmp_path, read_pyproject(tmp_path), questions)
    assert told["package_name"] == "thing"


def test_a_table_is_added_with_the_line_ends_of_the_file() -> None:
    added = with_table("a = 1\r\n", "tool.b", "[tool.b]\nc = 1\n")
    assert added == "a = 1\r\n\r\n[tool.b]\r\nc = 1\r\n"


def test_a_folder_whose_name_ends_a_line_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "a\nb"
    folder.mkdir()
    git(folder, "init", "--quiet")
    git(folder, "commit", "--quiet", "--allow-empty", "--message=First")
    with pytest.raises(UsageFailed, match="the name of its folder holds the end of a line"):
        checkout(folder)


@pytest.mark.parametrize("character", ["\f", "\v", "\x1c", "\x85", "\u2028", "\r"])
def test_what_ends_no_line_for_git_ends_none_in_a_conflict(
    project: MakeProject, character: str
) -> None:
    mine = f"a{character}mine\n"
    made = project({"text": "a\n"}, {"text": "a, theirs\n"})
    made.edit({"text": mine.encode()})
    update = made.update()
    [clash] = update.clashes
    assert clash.yours == mine
    assert mine.encode() in (made.folder / "text").read_bytes()
