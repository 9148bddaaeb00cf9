"""A new project: what is rendered, what is remembered, and what any failure leaves behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from modwright.errors import Failed, Interrupted, TemplateFailed, UsageFailed
from modwright.scaffold.create import Project, create_project, list_project
from modwright.scaffold.source import Source
from tests.conftest import PATIENCE, MakeTemplate, ReadOnly, Tree, WriteFiles

# Copier leaves its walk through the template open when a file of it fails.
pytestmark = pytest.mark.filterwarnings(
    "ignore:unclosed scandir:ResourceWarning",
    "ignore:Exception ignored in.*Scandir:pytest.PytestUnraisableExceptionWarning",
)

FILES = (Path(".copier-answers.yml"), Path("README.md"), Path("src/code.py"))
VALIDATED = """
    colour:
      type: str
      help: Colour
      default: red
      validator: "{% if colour != 'red' %}must be red{% endif %}"
"""
# Files and settings of a template with a fault, and words of the line that tells it.
FAULTS = {
    "syntax": ({"z.md.jinja": "{% if %}"}, "", "z.md.jinja, line 1"),
    "undefined": ({"z.md.jinja": "\n{{ nosuch }}"}, "", "'nosuch' is undefined"),
    "undefined in a name": ({"{{ nosuch }}.md": ""}, "", "'nosuch' is undefined"),
    "missing include": ({"z.md.jinja": "{% include 'nosuch.md' %}"}, "", "nosuch.md"),
    "unknown filter": ({"z.md.jinja": "{{ 1 | nosuch }}"}, "", "nosuch"),
    "division by zero": ({"z.md.jinja": "{{ 1 / 0 }}"}, "", "zero"),
    "endless recursion": ({"z.md.jinja": "{% include 'template/z.md.jinja' %}"}, "", "recursion"),
    "broken default": ({}, "q: {type: str, help: Q, default: '{{ nosuch }}'}", "nosuch"),
    "broken validator": ({}, "q: {type: str, help: Q, default: a, validator: '{% if %}'}", "q: "),
    "needs trust": ({}, "_tasks: [touch task]", "tasks"),
    "too new": ({}, "_min_copier_version: 999.0.0", "999.0.0"),
    "not YAML": ({}, "q: [", "copier.yml"),
}
# Answers that cannot be used, with questions for them.
ANSWERS = {
    "validator": (VALIDATED, {"colour": "blue"}, "colour: must be red"),
    "choice": ("q: {type: str, help: Q, choices: [a, b]}", {"q": "c"}, "q: "),
    "number": ("size: {type: int, help: Q}", {"size": "many"}, "size: "),
    "missing": ("q: {type: str, help: Q}", {}, "q: no answer"),
    "not YAML": ("names: {type: yaml, help: Q}", {"names": "[a"}, "names: "),
}
MAKE = """
import sys
from pathlib import Path
from modwright.errors import Failed
from modwright.scaffold.create import create_project
from modwright.scaffold.source import Source

source = Source(Path(sys.argv[1]), "https://example.org/t.git", None)
try:
    create_project(
        source, Path(sys.argv[2]), {"project_name": sys.argv[3]}, ask=False, force=False
    )
except Failed as error:
    raise SystemExit(error.exit_code)
"""
# Long enough at work that another process can be seen to be at work at the same time.
LOOPS = "{% for i in range(1000) %}{% for j in range(700) %}{% endfor %}{% endfor %}"
SLOW = {f"{name}.md.jinja": LOOPS + "{{ project_name }}" for name in "abc"}
# Never done with the project "endless", and at once with any other.
ENDLESS = {
    "pages/a.md.jinja": "{% set count = 99_999 if project_name == 'endless' else 1 %}"
    "{% for i in range(count) %}{% for j in range(count) %}{% endfor %}{% endfor %}"
    "{{ project_name }}"
}


def make(source: Source, destination: Path, **answers: object) -> Project:
    return create_project(source, destination, answers, ask=False, force=False)


def begin(source: Source, destination: Path, name: str) -> subprocess.Popen[bytes]:
    """Start to make a project in a process of its own."""
    return subprocess.Popen([sys.executable, "-c", MAKE, source.root, destination, name])


@contextmanager
def at_work(source: Source, destination: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start to make a project that is never done, and yield when it is being rendered."""
    nearest = destination if destination.is_dir() else destination.parent
    with begin(source, destination, "endless") as process:
        while not list(nearest.glob(".modwright-*/project/*/pages")) and process.poll() is None:
            time.sleep(0.005)
        try:
            yield process
        finally:
            process.kill()


def test_a_project_is_what_the_template_says(tmp_path: Path, small_template: MakeTemplate) -> None:
    destination = tmp_path / "deep" / "down"
    project = make(small_template(), destination, project_name="tidy")
    assert project == Project("tidy", FILES)
    assert (destination / "README.md").read_text(encoding="utf-8") == "# tidy\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deep", "template-of-ours"]


def test_url_and_tag_are_handed_to_the_answers_file(
    tmp_path: Path, small_template: MakeTemplate
) -> None:
    make(small_template(), tmp_path / "new")
    answers = yaml.safe_load((tmp_path / "new" / ".copier-answers.yml").read_text(encoding="utf-8"))
    assert answers["commit"] == "v1.0"


def test_the_folders_name_is_what_the_template_is_told(
    tmp_path: Path, small_template: MakeTemplate
) -> None:
    source = small_template({"name.txt.jinja": "{{ _folder_name }}"})
    make(source, tmp_path / "my folder")
    assert (tmp_path / "my folder" / "name.txt").read_text(encoding="utf-8") == "my folder"
    assert list_project(source, tmp_path / "x", {}, ask=False, force=False).files


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
@pytest.mark.parametrize(("umask", "modes"), [(0o022, (0o644, 0o755)), (0o077, (0o600, 0o700))])
def test_the_umask_says_who_may_read_a_project_and_not_the_template(
    umask: int, modes: tuple[int, int], tmp_path: Path, small_template: MakeTemplate
) -> None:
    source = small_template({"run.sh": "#!/bin/sh\n", "notes.md.jinja": ""})
    for name, mode in {"run.sh": 0o711, "notes.md.jinja": 0o664, "src/code.py": 0o400}.items():
        (source.root / "template" / name).chmod(mode)
    before = os.umask(umask)
    try:
        make(source, tmp_path / "new")
    finally:
        os.umask(before)
    file, folder = modes
    expected = {"run.sh": folder, "notes.md": file, "src/code.py": file, "src": folder, ".": folder}
    found = {name: (tmp_path / "new" / name).stat().st_mode & 0o777 for name in expected}
    assert found == expected


@pytest.mark.parametrize("value", [["a", "b"], "[a, b]"], ids=repr)
def test_a_list_is_remembered_as_a_list(
    value: object, tmp_path: Path, small_template: MakeTemplate
) -> None:
    make(small_template(settings="q: {type: yaml, help: Q}"), tmp_path / "new", q=value)
    answers = yaml.safe_load((tmp_path / "new" / ".copier-answers.yml").read_text(encoding="utf-8"))
    assert answers["q"] == ["a", "b"]


def test_listing_writes_nothing_and_names_what_creating_writes(
    tmp_path: Path, small_template: MakeTemplate, tree: Tree
) -> None:
    source = small_template()
    before = tree(tmp_path)
    listed = list_project(source, tmp_path / "new", {}, ask=False, force=False)
    assert tree(tmp_path) == before
    assert listed == make(source, tmp_path / "new")


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("existing", [True, False], ids=["in a folder", "in none"])
def test_a_fault_of_the_template_is_told_and_leaves_nothing(
    fault: str, existing: bool, tmp_path: Path, small_template: MakeTemplate, tree: Tree
) -> None:
    files, settings, words = FAULTS[fault]
    source = small_template(files, settings)
    if existing:
        (tmp_path / "new").mkdir()
    before = tree(tmp_path)
    with pytest.raises(TemplateFailed) as caught:
        make(source, tmp_path / "new")
    assert words in str(caught.value)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("kind", ANSWERS)
def test_an_answer_that_cannot_be_used_is_named_and_leaves_nothing(
    kind: str, tmp_path: Path, small_template: MakeTemplate, tree: Tree
) -> None:
    settings, answers, words = ANSWERS[kind]
    source = small_template(settings=settings)
    before = tree(tmp_path)
    with pytest.raises(TemplateFailed) as caught:
        make(source, tmp_path / "new", **answers)
    assert words in str(caught.value)
    assert tree(tmp_path) == before


def test_a_template_that_cannot_be_found_is_told(tmp_path: Path) -> None:
    source = Source(tmp_path / "nowhere", "https://example.org/t.git", None)
    with pytest.raises(TemplateFailed, match="template"):
        make(source, tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_force_overwrites_what_the_template_writes_and_keeps_the_rest(
    tmp_path: Path, small_template: MakeTemplate, write_files: WriteFiles
) -> None:
    there = write_files(tmp_path / "new", {"README.md": "old", "src/theirs.py": "old"})
    with pytest.raises(UsageFailed, match="not empty"):
        make(small_template(), there)
    assert (there / "README.md").read_text(encoding="utf-8") == "old"
    create_project(small_template(), there, {}, ask=False, force=True)
    assert (there / "README.md").read_text(encoding="utf-8") == "# small\n"
    assert (there / "src" / "theirs.py").read_text(encoding="utf-8") == "old"
    assert (there / "src" / "code.py").exists()


def test_force_restores_all_when_it_fails_half_way(
    tmp_path: Path, small_template: MakeTemplate, write_files: WriteFiles, tree: Tree
) -> None:
    there = write_files(tmp_path / "new", {"README.md": "old", "src": "a file of this name"})
    before = tree(there)
    with pytest.raises(UsageFailed):
        create_project(small_template(), there, {}, ask=False, force=True)
    assert tree(there) == before


def test_a_folder_that_cannot_be_written_to_stays_as_it_is(
    tmp_path: Path, small_template: MakeTemplate, read_only: ReadOnly
) -> None:
    (fixed := tmp_path / "fixed").mkdir()
    with read_only(fixed):
        for destination in (fixed, fixed / "below"):
            with pytest.raises(UsageFailed, match="Cannot write to"):
                make(small_template(), destination)
    assert list(fixed.iterdir()) == []


def test_a_name_too_long_for_the_disk_is_told(
    tmp_path: Path, small_template: MakeTemplate, tree: Tree
) -> None:
    source = small_template()
    before = tree(tmp_path)
    with pytest.raises(Failed, match="name too long"):
        make(source, tmp_path / ("x" * 300))
    assert tree(tmp_path) == before


@pytest.mark.full
@pytest.mark.parametrize("existing", [True, False], ids=["in a folder", "in none"])
def test_of_two_at_once_exactly_one_wins(
    existing: bool, tmp_path: Path, small_template: MakeTemplate
) -> None:
    source = small_template(SLOW)
    there = tmp_path / "new"
    if existing:
        there.mkdir()
    both = [begin(source, there, name) for name in ("one", "two")]
    codes = [process.wait(PATIENCE) for process in both]
    assert sorted(codes) == [0, 2]
    winner = "one" if codes[0] == 0 else "two"
    assert {(there / f"{name}.md").read_text(encoding="utf-8") for name in "abc"} == {winner}
    assert not [
        path for path in (*there.iterdir(), *tmp_path.iterdir()) if ".modwright" in path.name
    ]


@pytest.mark.full
@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals for others")
@pytest.mark.parametrize("existing", [True, False], ids=["in a folder", "in none"])
def test_an_interruption_leaves_nothing(
    existing: bool, tmp_path: Path, small_template: MakeTemplate, tree: Tree
) -> None:
    source = small_template(ENDLESS)
    there = tmp_path / "new"
    if existing:
        there.mkdir()
    before = tree(tmp_path)
    with at_work(source, there) as process:
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == Interrupted.exit_code
    assert tree(tmp_path) == before


@pytest.mark.full
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("existing", [True, False], ids=["in a folder", "in none"])
def test_a_killed_run_leaves_no_part_of_a_project_and_the_next_one_succeeds(
    existing: bool, tmp_path: Path, small_template: MakeTemplate
) -> None:
    source = small_template(ENDLESS)
    there = tmp_path / "new"
    if existing:
        there.mkdir()
    with at_work(source, there) as process:
        process.kill()
        assert process.wait(PATIENCE) == -signal.SIGKILL
    assert not [path for path in there.glob("*") if not path.name.startswith(".modwright-")]
    assert begin(source, there, "two").wait(PATIENCE) == 0
    assert (there / "pages" / "a.md").read_text(encoding="utf-8") == "two"
    assert not list(tmp_path.rglob(".modwright-*"))
