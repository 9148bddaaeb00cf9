"""A report says the same at each run, whatever a process, a file or a moment is called then."""

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modwright_check.model.steady import steady
from modwright_check.probe.own_names import hear, without_own_names
from tests.conftest import CheckHere, MakeProject

NOW = datetime.now(UTC)
# Every name here is another one in each process and at each moment.
CHANGING = """
import os, tempfile, threading, time, uuid, warnings

open(f"app-{os.getpid()}.log", "w").close()
open(f"at-{int(time.time())}.log", "w").close()
open(time.strftime("on-%Y-%m-%d_%H%M%S.log"), "w").close()
open(time.strftime("on-%Y%m%d-%H%M.log"), "w").close()
kept = open(f"kept-{os.getpid()}.log", "w")
folder = tempfile.mkdtemp(prefix="shop-", suffix=".d")
open(os.path.join(folder, "inside"), "w").close()
os.mkdir(str(uuid.uuid4()))
print("started", time.time(), os.getpid(), object(), "after", time.perf_counter(), "s")
warnings.warn(f"{object()} is old since {time.ctime()}")
os.environ[f"SHOP_{os.getpid()}"] = "1"
"""
FAILING = """
import os, time
raise ValueError(f"{os.getpid()} at {time.time()}: {object()} in {os.getcwd()}")
"""
LAZY = """
import os
__all__ = ["x"]
def __getattr__(name):
    raise RuntimeError(f"no {name} in {os.getpid()}: {object()}")
"""


@pytest.mark.full
def test_names_that_differ_at_each_run_make_no_report_differ(
    make_project: MakeProject, check_here: CheckHere
) -> None:
    project = make_project({"changing.py": CHANGING, "failing.py": FAILING, "lazy.py": LAZY})
    (_, first), (_, second) = check_here(project), check_here(project)
    assert json.dumps(first["findings"], indent=1) == json.dumps(second["findings"], indent=1)
    said = {finding["message"] for finding in first["findings"]}
    assert {
        "writes the file app-….log at import",
        "creates the folder ~/shop-….d at import",
    } <= said
    assert "raises ValueError: … at …: <object object at 0x…> in ." in said
    assert {"MW101", "MW502", "MW503", "MW511", "MW520", "MW602"} <= {
        finding["code"] for finding in first["findings"]
    }


@pytest.mark.parametrize(
    ("changing", "said"),
    [
        (f"run {time.time()}", "run …"),
        (f"{object()}", "<object object at 0x…>"),
        (f"{NOW.isoformat()} x", "… x"),
        (f"on {NOW:%Y-%m-%d}", "on …"),
        (f"log-{NOW:%Y%m%d}-035804.txt", "log-….txt"),
        (time.ctime(), "…"),
        ("at 03:58:04,123 INFO", "at … INFO"),
        ("3905cb81-918c-4ad6-9bdd-cabbda56b388.json", "….json"),
        ("/tmp/tmpab1_9xyz/x", "/tmp/tmp…/x"),  # noqa: S108
        ("read in 0.123 s, 12.5ms", "read in … s, …ms"),
        ("subprocess 4711 is still running", "subprocess … is still running"),
        ("/var/tmp/modwright-check-3/modwright-ab1/home/.cache", "~/.cache"),  # noqa: S108
        ("in '/var/tmp/modwright-check-3/0/environment/share'", "in '…/share'"),
    ],
    ids=lambda text: text if "…" in text else "it",  # the times differ in each worker of xdist
)
def test_what_differs_from_run_to_run_is_left_out(changing: str, said: str) -> None:
    assert steady(changing) == said


@pytest.mark.parametrize(
    "text",
    [
        "KeyError: 404",
        "requires-python >=3.9 admits 3.9",
        "deprecated since 2019-04-01",
        "invalid syntax (mod.py, line 12)",
        "needs version 0x10 or 1.2.3",
        "mod.py:12:5",
        "temporary",
        "loads 312 modules",
        "('127.0.0.1', 8080)",
        "timed out after 5 s",
        "/there/modwright-check-0/0/environment/lib/python3.11/site-packages/pkg/data.txt",
        "::1",
    ],
)
def test_what_says_something_stays(text: str) -> None:
    assert steady(text) == without_own_names(text) == text


@pytest.mark.parametrize("random", ["ab_cd012", "zyxw9876"])
@pytest.mark.parametrize(
    ("name", "steadily"),
    [
        ("tmp{}wares-media", "tmp…-media"),
        ("tmp{}shop-artifacts", "tmp…shop-a…"),
        ("tmp_{}", "tmp…"),
        ("tmp_of_shop_{}", "tmp…_…"),
        ("shop-{}.d", "shop-….d"),
    ],
)
def test_no_suffix_or_prefix_hides_what_is_random(name: str, steadily: str, random: str) -> None:
    hear("tempfile.mkdtemp", (f"/folder/{name.format(random)}",))
    assert without_own_names(name.format(random)) == steadily


@settings(deadline=None)
@given(st.text(st.characters(codec=None)))
def test_a_steady_text_stays_as_it_is(text: str) -> None:
    assert steady(steady(text)) == steady(text)
