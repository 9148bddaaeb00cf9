"""How an effect at import is told: what of it is shown, and what is to be done."""

from dataclasses import replace
from pathlib import Path

import pytest

from modwright_check.model.import_result import Effect, Loaded
from modwright_check.rules import side_effects
from tests.checker.rules.conftest import LOADED, Judged


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    return tmp_path / "environment" / "lib" / "site-packages"


@pytest.mark.parametrize(("name", "told"), [("p" * 90, "p" * 90), ("p" * 200, "p" * 95 + " …")])
def test_a_path_is_cut_only_where_it_is_long_as_it_is_told(
    name: str, told: str, judged: Judged, installed: Path
) -> None:
    detail = f"starts the program {installed}/pumps/{name}"
    effect = Effect("program", detail, str(installed / "sail.py"), 1, own=True)
    outcomes = {"sail": replace(LOADED, effects=(effect,))}
    [found] = judged(side_effects.judge, {"sail.py": "import pumps\n"}, outcomes=outcomes)
    assert found.message == f"starts the program pumps/{told} at import"


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        ("9", "argument"),
        ("4 * 1024", "argument"),
        ("['a', 1]", "argument"),
        ("{'a': -1}", "argument"),
        ("LEVEL", "argument"),
        ("None", "Wrap"),
        ("print", "Wrap"),
        ("rise", "Wrap"),
    ],
)
def test_a_value_is_not_wrapped(value: str, advice: str, judged: Judged) -> None:
    tides = {"tides": {"files": {"tides.py": "HIGH = 7\n"}}}
    source = f"import tides\nLEVEL = 'high'\ndef rise(): ...\ntides.HIGH = {value}\n"
    [found] = judged(side_effects.judge, {"sail.py": source}, installed=tides)
    assert (found.code, found.line) == ("MW518", 4)
    assert advice in found.hint


def test_what_is_told_at_its_line_is_not_told_once_more(judged: Judged, installed: Path) -> None:
    tides = {"tides": {"files": {"tides.py": "HIGH = 7\ndef low(): ...\n"}}}
    files = {
        "sail/__init__.py": "from sail import inner\n",
        "sail/inner.py": "import tides\ndef rise(): ...\ntides.HIGH = rise\n",
    }
    seen = Effect("patch", "tides.HIGH, tides.low", str(installed / "sail/__init__.py"), None, True)
    outcomes = {"sail": replace(LOADED, effects=(seen,)), "sail.inner": LOADED}
    found = judged(side_effects.judge, files, outcomes=outcomes, installed=tides)
    assert {(one.file, one.line, one.message) for one in found} == {
        ("src/sail/__init__.py", None, "changes tides.low at import"),
        ("src/sail/inner.py", 3, "changes tides.HIGH at import"),
    }


@pytest.mark.parametrize(
    ("required", "severity"),
    [("tides==1", "info"), ("tides>=1", "warning"), ("tides==1.0.1", "warning"), ("", "warning")],
)
def test_what_is_released_with_a_project_is_its_own_to_change(
    required: str, severity: str, judged: Judged
) -> None:
    tides = {"tides": {"files": {"tides.py": "HIGH = 7\n"}}}
    metadata = f"Requires-Dist: {required}" if required else ""
    source = "import tides\ntides.HIGH = print\n"
    [found] = judged(side_effects.judge, {"sail.py": source}, installed=tides, metadata=metadata)
    assert (found.code, found.severity.value) == ("MW518", severity)


@pytest.mark.parametrize(("loaded", "told"), [("pumps", ["pumps"]), ("json", ["pumps", "sail"])])
def test_native_threads_are_told_at_the_line_of_who_is_brought_in(
    loaded: str, told: list[str], judged: Judged, installed: Path
) -> None:
    at_a_line = Effect("native thread", "1", str(installed / "pumps.py"), 1, own=True)
    outcomes = {
        "pumps": replace(LOADED, effects=(at_a_line,)),
        "sail": replace(
            LOADED,
            effects=(at_a_line._replace(file=None, line=None),),
            loads=(Loaded(loaded, 2, 1, 1, 1), Loaded("sail", 1, 1, 1, 2)),
        ),
    }
    files = {"sail.py": f"import {loaded}\n", "pumps.py": "begin()\n"}
    found = judged(side_effects.judge, files, outcomes=outcomes)
    assert [each.module for each in found if each.code == "MW506"] == told


def test_what_the_probe_has_seen_at_its_line_is_not_told_once_more(
    judged: Judged, installed: Path
) -> None:
    tides = {"tides": {"files": {"tides.py": "HIGH = 7\n"}}}
    files = {
        "sail/__init__.py": "",
        "sail/deck.py": "from sail import inner\n",
        "sail/inner.py": "import tides\ndef rise(): ...\ntides.HIGH = rise\n",
    }
    at_its_line = Effect("patch", "tides.HIGH", str(installed / "sail/inner.py"), 3, own=True)
    nowhere = Effect("patch", "tides.HIGH", None, None, own=True)
    outcomes = {
        "sail.deck": replace(LOADED, effects=(nowhere,)),
        "sail.inner": replace(LOADED, effects=(at_its_line,)),
    }
    [found] = judged(side_effects.judge, files, outcomes=outcomes, installed=tides)
    assert (found.file, found.line) == ("src/sail/inner.py", 3)
