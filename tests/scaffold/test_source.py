"""Where the template lies, and what a project remembers of it."""

from importlib.metadata import version
from urllib.parse import urlsplit

from packaging.version import Version

from modwright.scaffold.source import find_source, template_root


def test_the_template_is_a_folder_with_its_questions_beside_it() -> None:
    assert (template_root() / "copier.yml").is_file()
    assert (template_root() / "template").is_dir()
    assert find_source().root == template_root()


def test_a_project_remembers_a_public_address_that_renovate_can_read() -> None:
    url = urlsplit(find_source().url)
    assert url.scheme == "https"
    assert url.path.endswith(".git")


def test_only_a_release_is_remembered_by_a_tag() -> None:
    ours = Version(version("modwright"))
    expected = None if ours.is_devrelease or ours.local else f"v{ours}"
    assert find_source().tag == expected
