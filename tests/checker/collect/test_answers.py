"""How questions are answered: by the project's interpreter, by uv and by git, each by itself."""

import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from modwright_check.collect.answers import answered
from modwright_check.collect.extras import resolved
from modwright_check.collect.subinterpreters import loaded_in_subinterpreters
from modwright_check.index.acts import ActsAtImport
from modwright_check.index.evidence import Evidence
from modwright_check.model.errors import EnvironmentFailed
from modwright_check.model.questions import AreTheSame, Brought, HasAttributes, IgnoredByGit
from modwright_check.model.trial import Trial
from modwright_check.run.ignored_by_git import ignored_by_git
from tests.checker.installing import project_in

CRASH = -11


DELETES = """
from pathlib import Path


def __getattr__(name):
    if name == "shut":
        Path(__file__).with_name("victim.py").unlink()
    raise AttributeError(name)
"""


@pytest.fixture
def evidence(tmp_path: Path) -> Evidence:
    """Return what is known of a project, one module of which can delete another one."""
    project = project_in(tmp_path.resolve())
    shop = {"shop/__init__.py": "", "shop/deletes.py": DELETES, "shop/victim.py": "open = True\n"}
    project.write(shop)
    return project.evidence()


def test_each_question_is_answered_once_and_told(evidence: Evidence, tmp_path: Path) -> None:
    told: list[tuple[str, str]] = []
    asked = [HasAttributes("shop.victim", ("open", "shut")), HasAttributes("shop.gone")]
    answers = answered(asked, evidence, tmp_path, lambda *said: told.append(said)).answers
    has, gone = map(answers.to, asked)
    assert [answer[:2] for answer in has.answers] == [
        ("loaded",),
        ("resolves", "open"),
        ("lacks", "shut"),
    ]
    assert gone.raised
    assert gone.raised.error == "ModuleNotFoundError"
    step = "answering 2 questions"
    assert told == [(step, ""), (step, "(1 answered)"), (step, "(2 answered)")]


def test_names_are_the_same_if_their_objects_are(evidence: Evidence, tmp_path: Path) -> None:
    inner = "json.decoder", "JSONDecoder"
    asked = [AreTheSame(inner, ("json", "JSONDecoder")), AreTheSame(inner, ("json", "loads"))]
    answers = answered(asked, evidence, tmp_path, lambda *_: None).answers
    assert [answers.to(each).answers for each in asked] == [(("same", True),), (("same", False),)]


def test_where_nothing_is_asked_nothing_is_told(evidence: Evidence, tmp_path: Path) -> None:
    told: list[tuple[str, str]] = []
    assert answered([], evidence, tmp_path, lambda *said: told.append(said)) is evidence
    assert told == []


def test_a_module_that_damages_others_does_not_change_what_is_said_of_them(
    evidence: Evidence, tmp_path: Path
) -> None:
    deletes = HasAttributes("shop.deletes", ("shut",))
    victims = [HasAttributes("shop.victim", ("open", *"x" * n)) for n in range(3)]
    asked = [deletes, *victims]
    answers = answered(asked, evidence, tmp_path, lambda *_: None).answers
    assert [answers.to(each).answers[0] for each in asked] == [("loaded",)] * len(asked)
    assert (evidence.environment.site_packages / "shop" / "victim.py").exists()


def test_a_question_has_the_time_limit_of_an_import(evidence: Evidence, tmp_path: Path) -> None:
    sleeps = evidence.environment.site_packages / "sleeps.py"
    sleeps.write_text("import time\ntime.sleep(600)\n", "utf-8")
    configuration = replace(evidence.configuration, time_limit=0.5)
    question = HasAttributes("sleeps")
    short = replace(evidence, configuration=configuration)
    trial = answered([question], short, tmp_path, lambda *_: None).answers.to(question)
    assert (trial.answers, trial.end) == ((), "does not finish within 0.5 s")


def test_what_is_known_of_the_sources_alone_is_kept_when_answers_come_in(
    evidence: Evidence, tmp_path: Path
) -> None:
    known = evidence.index_of_sources(ActsAtImport)
    later = answered([HasAttributes("shop.victim")], evidence, tmp_path, lambda *_: None)
    assert later.answers != evidence.answers
    assert later.index_of_sources(ActsAtImport) is known


def test_extras_that_exclude_one_another_are_resolved_one_by_one() -> None:
    def one_by_one(extras: Sequence[str]) -> dict[str, frozenset[str]]:
        if len(extras) > 1:
            raise EnvironmentFailed("no")
        return {"magnet": frozenset(extras), extras[0]: frozenset({"shop"})}

    assert resolved(("charts", "maps", "tables"), one_by_one) == Brought(
        {
            "magnet": frozenset({"charts", "maps", "tables"}),
            **dict.fromkeys(("charts", "maps", "tables"), frozenset({"shop"})),
        },
        all_known=True,
    )


def test_what_an_extra_brings_that_cannot_be_resolved_is_not_known() -> None:
    def without_maps(extras: Sequence[str]) -> dict[str, frozenset[str]]:
        if "maps" in extras:
            raise EnvironmentFailed("no")
        return {extras[0]: frozenset({"shop"})}

    known = {"charts": frozenset({"shop"})}
    assert resolved(("charts", "maps"), without_maps) == Brought(known, all_known=False)


def test_an_extension_that_ends_the_process_is_tried_alone_and_its_package_left_out() -> None:
    def attempt(*modules: str) -> Trial:
        loaded = [*modules[: modules.index("bad.b")]] if "bad.b" in modules else modules
        answers = tuple(("loaded", f"of {name}") for name in loaded)
        return Trial(answers, CRASH if "bad.b" in modules else 0, 30)

    modules = ["bad.a", "bad.b", "bad.c", "good.a"]
    trials = loaded_in_subinterpreters(modules, attempt)
    assert {name: trial.answers for name, trial in trials.items()} == {
        "bad.a": (("loaded", "of bad.a"),),
        "bad.b": (),
        "good.a": (("loaded", "of good.a"),),
    }
    assert trials["bad.b"].exit_code == CRASH


def test_a_python_without_subinterpreters_is_asked_once() -> None:
    asked: list[tuple[str, ...]] = []

    def attempt(*modules: str) -> Trial:
        asked.append(modules)
        return Trial((("failed", "ModuleNotFoundError", "No module named", []),), 0, 30)

    assert loaded_in_subinterpreters(["a", "b"], attempt) == {}
    assert asked == [("a", "b")]


def test_git_tells_what_it_ignores(evidence: Evidence, tmp_path: Path) -> None:
    assert evidence.project
    subprocess.run(["git", "init", "--quiet"], cwd=evidence.project, check=True)
    (evidence.project / ".gitignore").write_text("refunds.py\n*.json\n", "utf-8")
    names = ("src/shop/refunds.py", "src/shop/local.json", "src/shop/till.py")
    question = IgnoredByGit(tuple(map(PurePosixPath, names)))
    answers = answered([question], evidence, tmp_path, lambda *_: None).answers
    assert answers.to(question) == set(question.files[:2])


def test_without_git_nothing_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert ignored_by_git(tmp_path, [PurePosixPath("a")]) == frozenset()
