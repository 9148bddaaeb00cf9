"""`modwright presets`."""

import re

from modwright.scaffold.presets import list_presets
from modwright.scaffold.source import template_root
from tests.commands.conftest import OnTerminal
from tests.conftest import Run


def test_each_preset_has_one_line(run: Run) -> None:
    finished = run("presets")
    assert finished.returncode == 0
    assert finished.stderr == ""
    lines = [tuple(re.split("  +", line)) for line in finished.stdout.splitlines()]
    assert lines == list(list_presets(template_root()).items())


def test_names_stand_out_on_a_terminal_alone(run: Run, on_terminal: OnTerminal) -> None:
    assert "\x1b" in on_terminal("presets")[1]
    assert "\x1b" not in run("presets").stdout


def test_no_color_is_respected_on_a_terminal(on_terminal: OnTerminal) -> None:
    code, screen = on_terminal("presets", NO_COLOR="1")
    assert code == 0
    assert not re.search(r"\x1b\[[\d;]*(3|4|9|10)\d", screen)
