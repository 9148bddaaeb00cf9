"""`modwright new` is stopped at each step that it takes: nothing of the person's is lost."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import MakeTemplate

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no signals for others")

AT_EACH_STEP = Path(__file__).with_name("at_each_step.py")
CODES = {"SIGHUP": 129, "SIGINT": 130, "SIGTERM": 143}
IN_FULL = [
    *(("full", kind, "again") for kind in CODES),
    ("fresh", "SIGINT", "again"),
    ("deep", "SIGTERM", "once"),
]
OTHERS = [*(("full", kind, "once") for kind in CODES), ("empty", "SIGHUP", "again")]


def stopped(template: Path, base: Path, *how: str) -> list[dict[str, Any]]:
    """Return what became of each run, of which there is one for each moment."""
    finished = subprocess.run(
        [sys.executable, AT_EACH_STEP, template, base, *how],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    )
    runs: list[dict[str, Any]] = json.loads(finished.stdout)
    assert len(runs) > 20
    for run in runs:
        assert "Traceback" not in run["output"], run["output"]
        assert "Exception ignored" not in run["output"], run["output"]
    return runs


def states(runs: Iterable[dict[str, Any]]) -> set[tuple[str, int]]:
    return {(run["state"], run["code"]) for run in runs}


@pytest.mark.parametrize(
    ("place", "kind", "times"),
    [
        *(pytest.param(*case, marks=pytest.mark.full) for case in IN_FULL),
        *(pytest.param(*case, marks=pytest.mark.release) for case in OTHERS),
    ],
)
def test_a_signal_leaves_the_folder_as_it_was_or_with_the_whole_project(
    place: str, kind: str, times: str, tmp_path: Path, small_template: MakeTemplate
) -> None:
    runs = stopped(small_template().root, tmp_path / "runs", place, kind, times)
    code = CODES[kind]
    assert states(runs) == {("before", code), ("finished", code)}


@pytest.mark.parametrize(
    "place",
    [
        *(pytest.param(place, marks=pytest.mark.full) for place in ("fresh", "full")),
        *(pytest.param(place, marks=pytest.mark.release) for place in ("deep", "empty")),
    ],
)
def test_after_a_kill_the_next_run_says_what_lies_where_or_finds_nothing_lost(
    place: str, tmp_path: Path, small_template: MakeTemplate
) -> None:
    runs = stopped(small_template().root, tmp_path / "runs", place, "SIGKILL", "once")
    by_moment: dict[tuple[object, ...], dict[str, dict[str, Any]]] = {}
    for run in runs:
        by_moment.setdefault(tuple(run["moment"]), {})[run["work"]] = run
    for at in by_moment.values():
        assert at["stopped"]["code"] == -9
        if at["next"]["code"] == 0:
            assert at["next"]["state"] == "finished"
            continue
        assert place == "full"  # nowhere else is anything of the person's
        assert at["next"]["code"] == 2
        assert at["next"]["tree"] == at["stopped"]["tree"]
        [line] = at["next"]["output"].splitlines()
        assert "there/.modwright-stage/replaced. To put them back, type this in" in line
        assert at["put back"]["besides stage"] == "before"
        assert at["again"]["state"] == "finished"
    assert any("put back" in at for at in by_moment.values()) == (place == "full")
