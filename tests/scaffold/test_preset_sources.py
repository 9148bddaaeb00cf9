"""Presets in repositories, and what paths in presets lead to."""

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modwright.errors import UsageFailed
from modwright.git import git
from modwright.scaffold.preset_sources import Reference, parse_reference
from modwright.scaffold.presets import Preset, load_preset, newest_preset, recorded_preset
from modwright.scaffold.repositories import Address
from modwright.scaffold.source import template_root
from tests.conftest import MakeRepository, Repository, WriteFiles

MIT = {"preset.yml": "license: MIT\n"}
APACHE = {"preset.yml": "license: Apache-2.0\n"}

WORD = st.from_regex(r"[A-Za-z0-9_.][A-Za-z0-9_.+-]{0,8}", fullmatch=True)
HOST = st.from_regex(r"([a-z]{1,8}@)?[a-z0-9.-]{1,12}(:[0-9]{1,4})?", fullmatch=True)
PATH = st.lists(WORD, min_size=1, max_size=4).map("/".join)
REFERENCES = st.builds(
    Reference,
    st.builds(
        Address,
        st.builds(
            "{}://{}/{}{}".format,
            st.sampled_from(["https", "ssh"]),
            HOST,
            st.sampled_from(["", "@"]),
            PATH,
        ),
        st.none() | PATH,
    ),
    PATH,
)


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...


def load(preset: str | Path, **where: Path) -> Preset:
    return load_preset(str(preset), template_root(), **where)


def refused(preset: str | Path) -> str:
    with pytest.raises(UsageFailed) as caught:
        load(preset)
    line = str(caught.value)
    assert "\n" not in line
    return line


@given(REFERENCES)
def test_a_reference_is_read_as_it_is_written(reference: Reference) -> None:
    assert parse_reference(str(reference)) == reference


@given(st.text("git+htps:/@#.a ") | st.text().map("git+{}".format))
def test_any_text_is_a_reference_or_a_path_or_refused(text: str) -> None:
    try:
        reference = parse_reference(text)
    except UsageFailed:
        assert text.startswith("git+")
    else:
        assert (reference is not None) == text.startswith("git+")
        assert reference is None or parse_reference(str(reference)) == reference


@pytest.mark.parametrize(
    ("text", "url", "version", "path"),
    [
        ("git+https://x.org/t/s.git", "https://x.org/t/s.git", None, "preset.yml"),
        ("git+https://x.org/t/s.git@v3", "https://x.org/t/s.git", "v3", "preset.yml"),
        ("git+https://x.org/t/s.git@v3#a/b.yml", "https://x.org/t/s.git", "v3", "a/b.yml"),
        ("git+https://x.org/t/s.git#a@b.yml", "https://x.org/t/s.git", None, "a@b.yml"),
        ("git+https://x.org/@t/s.git@try/it", "https://x.org/@t/s.git", "try/it", "preset.yml"),
        ("git+ssh://git@x.org/t/s.git", "ssh://git@x.org/t/s.git", None, "preset.yml"),
        ("git+file:///srv/s.git@v1", "file:///srv/s.git", "v1", "preset.yml"),
    ],
)
def test_a_version_and_a_file_may_be_named(
    text: str, url: str, version: str | None, path: str
) -> None:
    assert parse_reference(text) == Reference(Address(url, version), path)


def test_a_version_that_is_named_is_read_and_recorded_with_its_commit(
    standard: Repository,
) -> None:
    first = standard.commit(MIT, "v1")
    standard.commit(APACHE, "v2")
    preset = load(f"{standard.reference}@v1")
    assert preset.answers == {"license": "MIT"}
    assert preset.recorded == {"preset": f"{standard.reference}@v1", "preset_version": first}


def test_without_a_version_it_is_the_highest_release(standard: Repository) -> None:
    standard.commit(MIT, "v1.9")
    newest = standard.commit(APACHE, "v1.10")
    standard.commit(MIT, "v2.0rc1")
    standard.commit(MIT, "checker-v9")
    preset = load(standard.reference)
    assert preset.answers == {"license": "Apache-2.0"}
    assert (preset.source, preset.version) == (f"{standard.reference}@v1.10", newest)


def test_where_nothing_was_released_it_is_what_was_committed_last(standard: Repository) -> None:
    standard.commit(MIT)
    newest = standard.commit(APACHE)
    preset = load(standard.reference)
    assert preset.answers == {"license": "Apache-2.0"}
    assert (preset.source, preset.version) == (standard.reference, newest)


def test_one_repository_holds_many_presets(standard: Repository) -> None:
    standard.commit({"kinds/service.yml": "ci: gitlab\n", **MIT}, "v1")
    assert load(f"{standard.reference}#kinds/service.yml").answers == {"ci": "gitlab"}
    assert load(f"{standard.reference}@v1#kinds/service.yml").source == (
        f"{standard.reference}@v1#kinds/service.yml"
    )


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("{}@v9", "there is no version v9."),
        ("{}@--help", "there is no version --help."),
        ("{}#nosuch.yml", "there is no file nosuch.yml in it."),
        ("{}#kinds", "there is no file kinds in it."),
        ("{}#../outside.yml", "there is no file ../outside.yml in it."),
        ("{}#/outside.yml", "there is no file /outside.yml in it."),
        ("{}#broken.yml", "not YAML"),
        ("{}#large.yml", "larger than"),
        ("{}.gone", "cannot be fetched: git clone says: fatal: "),
        ("git+ext::sh -c true", "write it as git+https://"),
        ("git+https://example.org", "write it as git+https://"),
        ("git+/srv/standard", "write it as git+https://"),
        ("git+git@example.org:team/standard.git", "write it as git+https://"),
        ("{}#", "write it as git+https://"),
        ("{}#a\0b", "write it as git+https://"),
        ("{}\0", "write it as git+https://"),
        ("{}\ud800", "write it as git+https://"),
    ],
)
def test_a_preset_that_cannot_be_had_is_refused_in_one_line(
    reference: str, words: str, standard: Repository
) -> None:
    large = "a: " + "x" * 1_000_000
    files = {"kinds/service.yml": "", "broken.yml": "a: [", "large.yml": large}
    standard.commit({**files, **MIT}, "v1")
    (standard.folder.parent / "outside.yml").write_text("license: MIT\n", "utf-8")
    assert words in refused(reference.format(standard.reference))


def test_a_server_that_is_not_there_is_told_in_one_line() -> None:
    assert "cannot be fetched: git clone says: " in refused("git+http://127.0.0.1:9/team/s.git")


@pytest.mark.parametrize("scheme", ["https", "git+https"])
def test_a_password_in_an_address_is_refused_and_not_repeated(scheme: str) -> None:
    line = refused(f"{scheme}://ann:secret@example.org/s.git")
    assert "password" in line
    assert "secret" not in line


def test_a_link_leads_to_files_of_the_repository_and_nowhere_else(
    standard: Repository, tmp_path: Path
) -> None:
    (tmp_path / "outside.yml").write_text("license: MIT\n", "utf-8")
    (standard.folder / "inside.yml").symlink_to("kinds/service.yml")
    (standard.folder / "outside.yml").symlink_to(tmp_path / "outside.yml")
    (standard.folder / "parent").symlink_to("..")
    standard.commit({"kinds/service.yml": "ci: gitlab\n", "up.yml": "_extends: parent/outside.yml"})
    assert load(f"{standard.reference}#inside.yml").answers == {"ci": "gitlab"}
    for file in ("outside.yml", "parent/outside.yml"):
        assert f"there is no file {file} in it." in refused(f"{standard.reference}#{file}")
    assert "there is no file parent/outside.yml in it." in refused(f"{standard.reference}#up.yml")


@pytest.mark.parametrize("path", ["../outside.yml", "/outside.yml", "kinds/../../outside.yml"])
def test_no_path_in_a_preset_leads_out_of_its_repository(path: str, standard: Repository) -> None:
    standard.commit({"preset.yml": f"_extends: {path}\n"})
    assert f"{path} leads out of the repository." in refused(standard.reference)


def test_a_path_in_a_preset_is_relative_to_it_and_of_the_same_version(
    standard: Repository,
) -> None:
    standard.commit(
        {"base.yml": "license: MIT\n", "kinds/web.yml": "_extends: ../base.yml\n"}, "v1"
    )
    standard.commit({"base.yml": "license: Apache-2.0\n"}, "v2")
    assert load(f"{standard.reference}@v1#kinds/web.yml").answers == {"license": "MIT"}
    assert load(f"{standard.reference}@v2#kinds/web.yml").answers == {"license": "Apache-2.0"}


def test_a_preset_extends_files_beside_it_pages_beside_it_ours_and_other_repositories(
    standard: Repository, make_repository: MakeRepository, write_files: WriteFiles, tmp_path: Path
) -> None:
    company = make_repository("company")
    company.commit({"preset.yml": "_extends: minimal\nuser_name: Company\n"}, "v1")
    standard.commit({"preset.yml": f"_extends: {company.reference}@v1\nci: gitlab\n"}, "v1")
    files = {
        "base.yml": f"_extends: {standard.reference}\n",
        "more/team.yml": "_extends: ../base.yml\n",
    }
    folder = write_files(tmp_path / "files", files)
    expected = dict(load("minimal").answers) | {"user_name": "Company", "ci": "gitlab"}
    assert load(folder / "more" / "team.yml").answers == expected
    handler = partial(Silent, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            url = f"http://127.0.0.1:{server.server_port}/more/team.yml"
            assert load(url).answers == expected
        finally:
            server.shutdown()


def test_a_file_is_found_again_from_its_project(write_files: WriteFiles, tmp_path: Path) -> None:
    write_files(tmp_path, {"standards/team.yml": "license: MIT\n", "work/shop/README.md": ""})
    project = tmp_path / "work" / "shop"
    preset = load("standards/team.yml", folder=tmp_path, project=project)
    assert preset.source == "../../standards/team.yml"
    assert newest_preset(preset.source, template_root(), project) == preset


def test_a_file_with_the_name_of_one_of_ours_is_found_again_too(
    write_files: WriteFiles, tmp_path: Path
) -> None:
    write_files(tmp_path, {"minimal": "ci: none\n"})
    preset = load("./minimal", folder=tmp_path, project=tmp_path)
    assert preset.source == "./minimal"
    assert newest_preset(preset.source, template_root(), tmp_path).answers == {"ci": "none"}


def test_the_version_of_a_file_changes_with_whatever_it_extends(
    write_files: WriteFiles, tmp_path: Path
) -> None:
    write_files(tmp_path, {"base.yml": "ci: none\n", "team.yml": "_extends: base.yml\n"})
    first = load("team.yml", folder=tmp_path, project=tmp_path)
    assert first.version is not None
    assert re.fullmatch("sha256:[0-9a-f]{64}", first.version)
    assert first.source is not None
    again = recorded_preset(first.source, first.version, template_root(), tmp_path)
    assert again == first
    write_files(tmp_path, {"base.yml": "ci: gitlab\n"})
    newest = newest_preset(first.source, template_root(), tmp_path)
    assert newest.version != first.version
    assert recorded_preset(first.source, first.version, template_root(), tmp_path) is None


def test_a_project_goes_on_from_a_release_to_the_newest(
    standard: Repository, tmp_path: Path
) -> None:
    first = standard.commit(MIT, "v1")
    preset = load(f"{standard.reference}@v1")
    second = standard.commit(APACHE, "v2")
    assert preset.source is not None
    newest = newest_preset(preset.source, template_root(), tmp_path)
    assert (newest.source, newest.version) == (f"{standard.reference}@v2", second)
    assert newest.answers == {"license": "Apache-2.0"}
    assert recorded_preset(preset.source, first, template_root(), tmp_path) == preset


def test_a_project_that_tries_what_comes_next_does_not_go_back(
    standard: Repository, tmp_path: Path
) -> None:
    standard.commit(MIT, "v1")
    standard.commit(APACHE, "v2.0rc1")
    tried = newest_preset(f"{standard.reference}@v2.0rc1", template_root(), tmp_path)
    assert (tried.source, tried.answers) == (
        f"{standard.reference}@v2.0rc1",
        {"license": "Apache-2.0"},
    )
    standard.commit(MIT, "v2")
    released = newest_preset(f"{standard.reference}@v2.0rc1", template_root(), tmp_path)
    assert released.source == f"{standard.reference}@v2"


@pytest.mark.parametrize("version", ["", "@HEAD"])
def test_where_nothing_was_released_a_project_goes_on_to_the_last_commit(
    version: str, standard: Repository, tmp_path: Path
) -> None:
    standard.commit(MIT)
    last = standard.commit(APACHE)
    newest = newest_preset(f"{standard.reference}{version}", template_root(), tmp_path)
    assert (newest.source, newest.version) == (standard.reference, last)


def test_a_branch_is_followed(standard: Repository, tmp_path: Path) -> None:
    standard.commit(MIT, "v1")
    git(standard.folder, "checkout", "--quiet", "-b", "trial/next")
    preset = load(f"{standard.reference}@trial/next")
    last = standard.commit(APACHE)
    assert preset.source is not None
    newest = newest_preset(preset.source, template_root(), tmp_path)
    assert (newest.source, newest.version) == (preset.source, last)


def test_a_repository_that_is_gone_is_told_at_an_update_too(
    standard: Repository, tmp_path: Path
) -> None:
    with pytest.raises(UsageFailed, match="it cannot be fetched: git ls-remote says: fatal: "):
        newest_preset(f"{standard.reference}.gone@v1", template_root(), tmp_path)


@pytest.fixture(autouse=True)
def _nobodys_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody's own settings of git rewrite an address."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
