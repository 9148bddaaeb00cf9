"""Libraries of which users choose one: those tried before the project raises an exception."""

from pathlib import Path

import pytest

from modwright_check.index.choices import Choices
from modwright_check.model.import_result import Outcome
from tests.checker.rules.conftest import EvidenceOf

ONE_AFTER_THE_OTHER = """\
API = "compass"
if API == "compass":
    try:
        import compass
    except ImportError:
        API = "magnet"
if API == "magnet":
    try:
        from magnet import needle
    except ImportError:
        raise Sorry from None
"""
NESTED = """\
try:
    import compass
except ImportError:
    try:
        import magnet
    except ImportError:
        raise Sorry
"""
RETURNED = """\
def find():
    try:
        import compass
        return compass
    except ImportError:
        pass
    try:
        from shop import field
        return field
    except ImportError:
        pass
    raise Sorry
find()
"""
IN_A_LOOP = """\
FOUND = None
for name in NAMES:
    try:
        FOUND = importlib.import_module(name)
    except ImportError:
        pass
if FOUND is None:
    raise Sorry
"""
BROKEN_OFF = """\
for name in NAMES:
    try:
        __import__(name)
        break
    except ImportError:
        pass
else:
    raise Sorry
"""
# Not tried, or not in the place of one another.
UNTRIED = "import os\nif not os.environ:\n    raise Sorry"
ONE_ALONE = "try:\n    import compass\nexcept ImportError:\n    raise Sorry"
BESIDE_ANOTHER = f"try:\n    import magnet\nexcept ImportError:\n    magnet = None\n{ONE_ALONE}"
GOES_ON = BROKEN_OFF.replace("        break\n", "").replace("else:\n    raise", "raise")
NOT_RAISED = "try:\n    import compass\nexcept ImportError:\n    import magnet"


@pytest.mark.parametrize(
    ("source", "libraries"),
    [
        (ONE_AFTER_THE_OTHER, ("compass", "magnet")),
        (NESTED, ("compass", "magnet")),
        (RETURNED, ("compass", "magnet")),
        (IN_A_LOOP, ()),
        (BROKEN_OFF, ()),
        (UNTRIED, None),
        (ONE_ALONE, None),
        (BESIDE_ANOTHER, None),
        (GOES_ON, None),
        (NOT_RAISED, None),
    ],
)
def test_a_choice_is_what_stands_in_for_one_another(
    source: str, libraries: tuple[str, ...] | None, evidence_of: EvidenceOf, tmp_path: Path
) -> None:
    lines = [*source.split("\n"), "raise"]
    line = next(number for number, text in enumerate(lines, start=1) if "raise" in text)
    frames = ((str(tmp_path / "environment/lib/site-packages/shop/__init__.py"), line),)
    outcome = Outcome(False, 0, 30, error="Sorry", frames=frames)
    missed = Outcome(False, 0, 30, error="ModuleNotFoundError", missing="magnet")
    evidence = evidence_of(
        {"shop/__init__.py": source, "shop/field.py": "import magnet"},
        outcomes={"shop": outcome, "shop.field": missed},
    )
    found = evidence.index(Choices).behind(outcome)
    assert (found and found.libraries) == libraries
