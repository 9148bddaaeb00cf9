"""The preset that a person has named once for all projects."""

import sys
from pathlib import Path

import pytest

from modwright.errors import UsageFailed
from modwright.scaffold.settings import Chosen, chosen_preset, settings_file

if sys.platform == "win32":
    pytest.skip("Windows tells from its registry where settings lie", allow_module_level=True)

NOT_SETTINGS = [
    ("preset = \n", "this is not TOML: Invalid value (at line 1, column 10)."),
    ("a = 1\npreset = team.yml\n", "this is not TOML: Invalid value (at line 2, column 10)."),
    ("\xff", "this is not TOML: "),
    ("a = " + "[" * 3000, "this is not TOML: "),
    ("preset = 3\n", 'preset is not a text. Write preset = "...".'),
    ("[preset]\nname = 3\n", 'preset is not a text. Write preset = "...".'),
    ('presets = "x"\n', "presets: no such setting. Did you mean preset?"),
    ('zzz = "x"\n', "zzz: no such setting. There is: preset."),
]


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the person an empty home."""
    monkeypatch.delenv("MODWRIGHT_PRESET", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / ".config"))
    file = settings_file()
    file.parent.mkdir(parents=True)
    return file


def test_settings_lie_where_the_system_wants_them(settings: Path, tmp_path: Path) -> None:
    folders = {"darwin": "Library/Application Support"}
    expected = tmp_path / folders.get(sys.platform, ".config") / "modwright" / "settings.toml"
    assert settings == expected


def test_nobody_has_to_have_settings(settings: Path) -> None:
    assert chosen_preset() is None
    settings.write_text("", "utf-8")
    assert chosen_preset() is None
    settings.unlink()
    settings.parent.rmdir()
    assert chosen_preset() is None


def test_the_file_names_a_preset(settings: Path) -> None:
    settings.write_text('preset = "team.yml"\n', "utf-8")
    assert chosen_preset() == Chosen("team.yml", settings.parent, str(settings))


def test_the_variable_goes_before_the_file_and_opts_out_of_it_when_it_is_empty(
    settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.write_text("not TOML", "utf-8")
    monkeypatch.setenv("MODWRIGHT_PRESET", "minimal")
    assert chosen_preset() == Chosen("minimal", Path(), "MODWRIGHT_PRESET")
    monkeypatch.setenv("MODWRIGHT_PRESET", "")
    assert chosen_preset() is None


@pytest.mark.parametrize(("text", "words"), NOT_SETTINGS, ids=range(len(NOT_SETTINGS)))
def test_settings_that_cannot_be_used_are_told_in_one_line_with_their_place(
    text: str, words: str, settings: Path
) -> None:
    settings.write_bytes(text.encode("latin-1"))
    with pytest.raises(UsageFailed) as caught:
        chosen_preset()
    assert str(caught.value).startswith(f"{settings}: {words}")
    assert "\n" not in str(caught.value)


def test_settings_that_cannot_be_read_are_told_too(settings: Path) -> None:
    settings.mkdir()
    with pytest.raises(UsageFailed, match=rf"^The settings cannot be read: {settings}: Is a dir"):
        chosen_preset()
