"""Where the template lies, and what a project remembers of it."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from modwright.git import git, run_git
from modwright.scaffold.source import find_source, template_root
from modwright.scaffold.version import checked_out

REPOSITORY = Path(__file__).parents[2]


def test_the_template_is_a_folder_with_its_questions_beside_it() -> None:
    assert (template_root() / "copier.yml").is_file()
    assert (template_root() / "template").is_dir()
    assert find_source().root == template_root()


def test_a_project_remembers_a_public_address_that_renovate_can_read() -> None:
    url = urlsplit(find_source().url)
    assert url.scheme == "https"
    assert url.path.endswith(".git")


def test_a_clone_is_of_the_commit_that_it_has_checked_out() -> None:
    asked = run_git(REPOSITORY, "rev-parse", "--verify", "HEAD")
    if asked.returncode or not (REPOSITORY / ".git").exists():
        pytest.skip("this is not a clone")
    version = find_source().version
    assert version is not None
    assert version.commit == asked.stdout.strip()


def test_a_tag_of_a_release_is_its_name_and_other_tags_are_not(tmp_path: Path) -> None:
    _commit(tmp_path, "copier.yml")
    git(tmp_path, "tag", "checker-v1.2")
    version = checked_out(tmp_path)
    assert version is not None
    assert (version.tag, version.name, version.changed) == (None, version.commit, False)
    git(tmp_path, "tag", "v1.0")
    version = checked_out(tmp_path)
    assert version is not None
    assert version.name == "v1.0"


@pytest.mark.parametrize(
    ("file", "changed"), [("copier.yml", True), ("template/new", True), ("README.md", False)]
)
def test_what_is_not_committed_counts_where_projects_are_made_of_it(
    tmp_path: Path, file: str, *, changed: bool
) -> None:
    _commit(tmp_path, "copier.yml")
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text("changed\n", "utf-8")
    version = checked_out(tmp_path)
    assert version is not None
    assert version.changed == changed


def test_files_inside_of_another_repository_are_not_a_version_of_it(tmp_path: Path) -> None:
    _commit(tmp_path, "copier.yml")
    (tmp_path / "vendored").mkdir()
    assert checked_out(tmp_path / "vendored") is None


def _commit(folder: Path, file: str) -> None:
    (folder / file).write_text("text\n", "utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
    git(folder, *who, "commit", "--quiet", "--message=Start")
