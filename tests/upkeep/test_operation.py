"""An update is one commit, or waits for a person, or leaves the project as it was."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from modwright.errors import TemplateFailed, UsageFailed
from modwright.upkeep import operation
from modwright.upkeep.trees import checkout
from tests.parts import shared_out
from tests.upkeep.conftest import COPIER_YML, MakeProject, Project, Template, change, git

LINES = "".join(f"line {number}\n" for number in range(30))
THEIRS = LINES.replace("line 20", "theirs")
MINE = LINES.replace("line 20", "mine")

Everything = Callable[[Project], dict[str, bytes | None]]

# Updates a project, and is killed before or after one of the commands of git that touch it.
KILLED = """
    import os, signal, sys
    from pathlib import Path
    from modwright.scaffold.source import Source
    from modwright.scaffold.version import checked_out
    from modwright.upkeep import operation, trees
    from modwright.upkeep.rendering import Workbench
    from modwright.upkeep.update import prepare_update

    project, template, moment = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    checkout = trees.checkout(project)
    with Workbench(Source(template, {url!r}, checked_out(template))) as workbench:
        update = prepare_update(checkout, workbench, None, {{}})
    run = trees.git
    count = 0

    def killed(*arguments, **options):
        global count
        count += 1
        if count == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        said = run(*arguments, **options)
        if count == moment - 1 and moment % 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return said

    trees.git = killed
    with operation.alone(checkout):
        operation.begin(checkout, update.operation)
"""


@pytest.fixture
def in_conflict(project: MakeProject) -> Project:
    """A project that both sides have changed in one place, and in others alone."""
    made = project(
        {"text": LINES, "gone": LINES[::-1], "a": "1\n", "image": b"\0one", "kept": f"{LINES}end"},
        {
            "text": THEIRS,
            "gone": None,
            "new/file": "new\n",
            "a": "2\n",
            "image": b"\0two",
            "kept": None,
        },
    )
    made.edit({"text": MINE, "mine": "mine\n", "image": b"\0mine", "kept": f"{MINE}end"})
    return made


def test_an_update_is_one_commit_that_can_be_reverted(project: MakeProject) -> None:
    made = project({"a": "1\n"}, {"a": "2\n"})
    before = git(made.folder, "rev-parse", "HEAD^{tree}")
    made.update()
    assert git(made.folder, "rev-list", "--count", "HEAD").strip() == "2"
    assert not git(made.folder, "status", "--porcelain")
    git(made.folder, "revert", "--no-edit", "HEAD")
    assert git(made.folder, "rev-parse", "HEAD^{tree}") == before


def test_the_new_version_is_recorded_and_then_there_is_nothing_to_do(project: MakeProject) -> None:
    made = project({"a": "1\n"}, {"a": "2\n"})
    made.update()
    assert "_commit: v2" in made[".copier-answers.yml"]
    assert made.prepare() is None


def test_abort_brings_back_every_byte(in_conflict: Project, everything: Everything) -> None:
    before = everything(in_conflict)
    assert in_conflict.update().clashes
    (in_conflict.folder / "text").write_text("half resolved")
    assert everything(in_conflict) != before
    operation.take_back(checkout(in_conflict.folder))
    assert everything(in_conflict) == before
    assert not git(in_conflict.folder, "status", "--porcelain")
    assert not git(in_conflict.folder, "for-each-ref", "refs/worktree")


def test_continue_refuses_markers_and_commits_what_is_resolved(in_conflict: Project) -> None:
    in_conflict.update()
    there = checkout(in_conflict.folder)
    with pytest.raises(UsageFailed, match=r"Still in conflict: text:21, text:23, text:27\."):
        operation.go_on(there)
    change(in_conflict.folder, {"text": LINES.replace("line 20", "both")})
    operation.go_on(there)
    assert "both" in git(in_conflict.folder, "show", "HEAD:text")
    assert git(in_conflict.folder, "show", "HEAD:new/file") == "new\n"
    assert not git(in_conflict.folder, "status", "--porcelain")


@pytest.mark.full
def test_a_file_in_conflict_may_be_deleted(in_conflict: Project) -> None:
    in_conflict.update()
    (in_conflict.folder / "text").unlink()
    operation.go_on(checkout(in_conflict.folder))
    assert "text" not in git(in_conflict.folder, "ls-files")


@pytest.mark.full
def test_what_waits_for_a_person_is_not_begun_again(in_conflict: Project) -> None:
    in_conflict.update()
    with pytest.raises(UsageFailed, match="waits for its conflicts to be resolved"):
        operation.settle_what_was_left(checkout(in_conflict.folder))


def test_nothing_can_be_ended_that_was_not_begun(project: MakeProject) -> None:
    there = checkout(project({"a": "1\n"}, {}).folder)
    for end in (operation.go_on, operation.take_back):
        with pytest.raises(UsageFailed, match="Nothing is under way"):
            end(there)


@pytest.mark.full
def test_a_hook_that_refuses_leaves_the_update_to_be_ended(project: MakeProject) -> None:
    made = project({"a": "1\n"}, {"a": "2\n"})
    hook = made.folder / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(UsageFailed, match="not today"):
        made.update()
    hook.unlink()
    operation.go_on(checkout(made.folder))
    assert git(made.folder, "show", "HEAD:a") == "2\n"


def test_changes_that_are_not_committed_are_not_touched(project: MakeProject) -> None:
    made = project({"a": "1\n", "b": LINES}, {"a": "2\n"})
    change(made.folder, {"b": MINE})
    with pytest.raises(UsageFailed, match="b: not committed"):
        operation.demand_clean(checkout(made.folder))


@pytest.mark.full
def test_a_merge_of_the_persons_own_is_not_ended(project: MakeProject) -> None:
    made = project({"a": "1\n"}, {"a": "2\n"})
    git(made.folder, "checkout", "--quiet", "-b", "other")
    made.edit({"b": "1\n"})
    git(made.folder, "checkout", "--quiet", "main")
    git(made.folder, "merge", "--quiet", "--no-ff", "--no-commit", "--strategy=ours", "other")
    assert not git(made.folder, "status", "--porcelain")
    with pytest.raises(UsageFailed, match="A merge is under way"):
        operation.demand_clean(checkout(made.folder))


@pytest.mark.full
def test_an_answer_that_changes_nothing_is_not_a_commit(project: MakeProject) -> None:
    made = project({"a": "1\n"}, {"a": "2\n"})
    made.update()
    assert made.prepare(project_name="small") is None


def test_an_answer_that_is_not_a_choice_any_more_is_not_replaced(
    project: MakeProject, everything: Everything
) -> None:
    asked = "{type: str, help: Kind, default: old, choices: [%s]}"
    made = project(
        {"a": "{{ kind }}\n"},
        {},
        beside={"copier.yml": f"{COPIER_YML}    kind: {asked % 'old, new'}\n"},
        beside_later={
            "copier.yml": f"{COPIER_YML}    kind: {asked % 'new'}\n".replace(
                "default: old", "default: new"
            )
        },
    )
    before = everything(made)
    with pytest.raises(TemplateFailed, match=r"kind: .* --data KEY=VALUE"):
        made.prepare()
    assert everything(made) == before
    assert made.prepare(kind="new") is not None


def test_an_answer_that_is_neither_yes_nor_no_is_not_taken_for_yes(
    project: MakeProject, everything: Everything
) -> None:
    asked = f"{COPIER_YML}    docs: {{type: bool, help: Docs, default: false}}\n"
    made = project({"a": "{{ docs }}\n"}, {"b": "1\n"}, beside={"copier.yml": asked})
    answers = made[".copier-answers.yml"].replace("docs: false", "docs: maybe")
    made.edit({".copier-answers.yml": answers})
    before = everything(made)
    with pytest.raises(TemplateFailed, match=r"docs: maybe is neither yes nor no.* --data KEY"):
        made.prepare()
    assert everything(made) == before
    assert made.prepare(docs="no") is not None


@pytest.mark.full
def test_questions_that_have_come_and_gone_are_told(project: MakeProject) -> None:
    question = "{type: str, help: Some, default: usual}"
    made = project(
        {"a": "1\n"},
        {},
        beside={"copier.yml": f"{COPIER_YML}    gone: {question}\n"},
        beside_later={"copier.yml": f"{COPIER_YML}    come: {question}\n"},
    )
    update = made.update()
    assert update.notes == ("new question come: 'usual'", "the question gone is gone")
    assert "come: usual" in made[".copier-answers.yml"]
    assert "gone" not in made[".copier-answers.yml"]


def test_a_file_that_git_does_not_know_is_not_overwritten(project: MakeProject) -> None:
    made = project({"a": "1\n"}, {"new": "theirs\n"})
    change(made.folder, {"new": "mine\n"})
    update = made.prepare()
    assert update is not None
    with pytest.raises(UsageFailed, match="new stands in the way"):
        operation.demand_room(checkout(made.folder), update.operation)


def test_two_at_once_are_refused(project: MakeProject) -> None:
    there = checkout(project({"a": "1\n"}, {}).folder)
    with (
        operation.alone(there),
        pytest.raises(UsageFailed, match="Another modwright is at work"),
        operation.alone(there),
    ):
        pass


def test_an_answers_file_that_renovate_has_written_says_where_to_go(
    project: MakeProject, template: Template, everything: Everything
) -> None:
    made = project({"a": "1\n"}, {"a": "2\n"})
    template.release("v3", {"a": "3\n"})
    answers = made[".copier-answers.yml"]
    change(made.folder, {".copier-answers.yml": answers.replace("v1", "v2")})
    before = everything(made)
    operation.demand_clean(checkout(made.folder))
    update = made.update()
    assert (update.before.tag, update.after.tag) == ("v1", "v2")
    assert made["a"] == "2\n"

    git(made.folder, "reset", "--quiet", "--hard", "HEAD~1")
    change(made.folder, {".copier-answers.yml": answers.replace("v1", "v2")})
    made_of_conflict = made.prepare()
    assert made_of_conflict is not None
    there = checkout(made.folder)
    operation._write_down(there, made_of_conflict.operation)
    operation.take_back(there)
    assert everything(made) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("moment", shared_out(range(1, 16), readme=[5], full=3))
def test_a_project_whose_update_is_killed_is_as_before_or_as_after(
    moment: int, project: MakeProject, template: Template, everything: Everything
) -> None:
    made = project(
        {"text": LINES, "gone": LINES[::-1], "a": "1\n"},
        {"text": THEIRS, "gone": None, "new/file": "new\n", "a": "2\n"},
    )
    before = everything(made)
    code = dedent(KILLED).format(url=template.source.url)
    command = [sys.executable, "-c", code, made.folder, template.folder, str(moment)]
    ended = subprocess.run(list(map(str, command)), check=False)
    assert ended.returncode in {0, -signal.SIGKILL}

    operation.settle_what_was_left(checkout(made.folder))

    assert not git(made.folder, "status", "--porcelain")
    assert not git(made.folder, "for-each-ref", "refs/worktree")
    if git(made.folder, "rev-list", "--count", "HEAD").strip() == "1":
        assert everything(made) == before
    else:
        assert made["a"] == "2\n"


def test_a_folder_without_a_repository_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageFailed, match="has no commit: git rev-parse says"):
        checkout(tmp_path)


def test_a_project_that_records_no_version_is_refused(project: MakeProject) -> None:
    made = project({"a": "1\n"}, {"a": "2\n"})
    made.edit({".copier-answers.yml": "project_name: small\n"})
    with pytest.raises(UsageFailed, match="records no template"):
        made.prepare()


def test_a_version_that_nobody_has_is_refused(project: MakeProject, template: Template) -> None:
    made = project({"a": "1\n"}, {"a": "2\n"})
    settings = Path(os.environ["GIT_CONFIG_GLOBAL"])
    rewritten = f'[url "{template.folder}"]\n\tinsteadOf = {template.source.url}\n'
    settings.write_text(settings.read_text("utf-8") + rewritten, "utf-8")
    with pytest.raises(TemplateFailed, match=r"has no version v9\."):
        made.prepare("v9")


@pytest.mark.full
def test_a_newer_version_than_this_programs_is_not_taken_back_in_silence(
    project: MakeProject, template: Template
) -> None:
    made = project({"a": "1\n"}, {"a": "2\n"})
    made.update()
    git(template.folder, "checkout", "--quiet", "v1")
    with pytest.raises(UsageFailed, match="newer than v1 of this modwright"):
        made.prepare()
    made.update("v1")
    assert made["a"] == "1\n"
