"""MW534: imports that could wait until a function is called."""

from pathlib import Path

import pytest

from modwright_check.api import check
from modwright_check.config.configuration import Overrides
from modwright_check.model.import_result import Effect, Loaded, Outcome
from modwright_check.model.options import Options
from modwright_check.rules.lazy_candidates import questions
from modwright_check.static.lazy_candidates import could_wait
from tests.checker.rules.conftest import EvidenceOf
from tests.conftest import MakeProject
from tests.corpus.back_end import write_wheel
from tests.corpus.cases import CORPUS, lacking

USES = "def f(): return heavy.thing\n"
LOADS = (Loaded("heavy", 2, 50_000_000, 50_000_000, 9), Loaded("pkg", 1, 51_000_000, 1, 10))
LOADED = Outcome(loaded=True, exit_code=0, time_limit=30, loads=LOADS)


def waiting(evidence_of: EvidenceOf, source: str) -> list[str]:
    evidence = evidence_of({"pkg.py": source})
    return [statement.module for statement in could_wait(evidence.read["pkg"])]


@pytest.mark.parametrize(
    "source",
    [
        f"import heavy\n{USES}",
        "from heavy import thing\ndef f(): return thing()\n",
        "import heavy as h\nclass A:\n    def f(self): return h.thing\n",
        "import heavy\nmake = lambda: heavy.thing\n",
        "import heavy\ndef f(x: heavy.Thing): return heavy.thing\n",
    ],
)
def test_what_only_functions_use_could_wait(evidence_of: EvidenceOf, source: str) -> None:
    assert waiting(evidence_of, source) == ["heavy"]


@pytest.mark.parametrize(
    "source",
    [
        "import heavy\n",
        f"import heavy\nTHING = heavy.thing\n{USES}",
        f"import heavy\n@heavy.thing\ndef g(): ...\n{USES}",
        f"import heavy\ndef g(x=heavy.thing): ...\n{USES}",
        f"import heavy\nclass A(heavy.Thing): ...\n{USES}",
        f"import heavy\n__all__ = ['heavy', 'f']\n{USES}",
        f"try:\n    import heavy\nexcept ImportError:\n    heavy = None\n{USES}",
        f"if True:\n    import heavy\n{USES}",
        f"import heavy\nheavy = heavy or 1\n{USES}",
        "from heavy import *\ndef f(): return thing\n",
        f"__lazy_modules__ = ['heavy']\nimport heavy\n{USES}",
        "def f():\n    import heavy\n    return heavy.thing\n",
    ],
)
def test_what_runs_at_import_or_waits_already_is_left_alone(
    evidence_of: EvidenceOf, source: str
) -> None:
    assert waiting(evidence_of, source) == []


@pytest.mark.parametrize(
    ("python", "outcome", "asked"),
    [
        ("3.15.0", LOADED, [("pkg", ("heavy",))]),
        ("3.14.0", LOADED, []),
        ("3.15.0", Outcome(loaded=True, exit_code=0, time_limit=30), []),
        ("3.15.0", Outcome(loaded=False, exit_code=0, time_limit=30, loads=LOADS), []),
        (
            "3.15.0",
            Outcome(
                loaded=True,
                exit_code=0,
                time_limit=30,
                loads=LOADS,
                effects=(Effect("output", "hello", None, None, own=False),),
            ),
            [],
        ),
    ],
    ids=["costs", "older Python", "costs nothing", "does not import", "does something"],
)
def test_only_what_costs_and_does_nothing_else_is_tried_on_a_python_that_can(
    evidence_of: EvidenceOf, python: str, outcome: Outcome, asked: list[object]
) -> None:
    evidence = evidence_of(
        {"pkg.py": f"import heavy\n{USES}"}, python=python, outcomes={"pkg": outcome}
    )
    assert [(each.module, each.imports) for each in questions(evidence)] == asked


def test_a_module_of_the_project_itself_is_not_tried(evidence_of: EvidenceOf) -> None:
    files = {"pkg.py": f"import heavy\n{USES}", "heavy.py": "thing = 1\n"}
    evidence = evidence_of(files, python="3.15.0", outcomes={"pkg": LOADED})
    assert list(questions(evidence)) == []


@pytest.mark.full
def test_only_what_saves_something_when_it_waits_is_told(
    make_project: MakeProject, tmp_path: Path
) -> None:
    if lacking("python3.15", tmp_path):
        pytest.skip("python3.15 is needed")
    asks = "def f(): return tortoise.walk\n"
    files = {
        "app/__init__.py": "",
        "app/waits.py": f"import tortoise\n{asks}",
        "app/pays.py": f"import tortoise\nimport app.needs\n{asks}",
        "app/needs.py": "import tortoise\nWALK = tortoise.walk\n",
    }
    wheel = tmp_path / write_wheel(CORPUS / "distributions" / "tortoise", tmp_path)
    metadata = f"Requires-Dist: tortoise @ {wheel.as_uri()}\n"
    project = make_project(files, metadata=metadata, pyproject='requires-python = ">=3.15"\n')
    report = check(Options(project), Overrides(), lambda *_: None)
    told = [(each.module, each.line) for each in report.findings if each.code == "MW534"]
    assert told == [("app.waits", 1)]
