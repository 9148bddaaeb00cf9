"""Lazy imports of Python 3.15 (PEP 810), resolved as their first use would."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.checker.laid_out import Laid, lay_out, verdict
from tests.corpus.cases import lacking

pytestmark = pytest.mark.full

FAILING = {
    "app/__init__.py": "",
    "app/broken.py": "import math\nONE = 1 / 0\n",
    "app/of_ours.py": "__lazy_modules__ = ['app.broken']\nfrom app.broken import ONE\n",
    "app/of_nobody.py": "__lazy_modules__ = ['nobody']\n\nimport nobody\n",
    "app/of_theirs.py": "__lazy_modules__ = ['shop']\nfrom shop import door\n",
}
THEIRS = {
    "shop.py": "try:\n  {}['key']\nexcept KeyError as error:\n  raise OSError('shut') from error"
}
RESOLVING = (
    "import pack",
    "import pack.part",
    "import pack.part as part",
    "import pack.inner.part",
    "from pack import part",
    "from pack import json",
    "from pack import pack",
    "import os.path",
    "lazy import pack.part, json.decoder\nlazy from pack import pack, json",
)
PACK = {
    "pack/__init__.py": "import json, pack\n",
    "pack/part.py": "",
    "pack/inner/__init__.py": "",
    "pack/inner/part.py": "",
}
# Of each export that fails: exception, text, the distribution that is missing, the project's line.
TOLD = {
    ("app.of_ours", "ONE"): ("ZeroDivisionError", "division by zero", None, "broken.py:2"),
    ("app.of_nobody", "nobody"): (
        "ModuleNotFoundError",
        "No module named 'nobody'",
        "nobody",
        "of_nobody.py:3",
    ),
    # The exception has a cause of its own: where the import stands is not told.
    ("app.of_theirs", "door"): ("OSError", "shut", None, None),
}


def lay_out_lazy(folder: Path, own: Mapping[str, str], others: Mapping[str, str]) -> Laid:
    """Lay out modules for a Python that knows lazy imports."""
    if lacking("python3.15", folder):
        pytest.skip("python3.15 is needed")
    return lay_out(folder, own, others, requires_python=">=3.15")


@pytest.mark.parametrize("users", ["a", "abc"], ids=["loaded", "handed back"])
def test_the_tree_takes_what_fresh_interpreters_take(users: str, tmp_path: Path) -> None:
    lazy = "__lazy_modules__ = ['pack', 'pack.part']\nimport pack\nfrom pack.part import ONE"
    own = {"app/__init__.py": "", **{f"app/{user}.py": lazy for user in users}}
    others = {"pack/__init__.py": "from . import part", "pack/part.py": "ONE = 1"}
    project = lay_out_lazy(tmp_path, own, others)
    seen, fresh = project.in_tree(), project.each_fresh()
    assert {name: verdict(outcome) for name, outcome in seen.items()} == {
        name: verdict(outcome) for name, outcome in fresh.items()
    }
    assert not any(outcome.unresolved for outcome in (*seen.values(), *fresh.values()))


def test_what_fails_is_told_with_its_reason(tmp_path: Path) -> None:
    project = lay_out_lazy(tmp_path, FAILING, THEIRS)
    own = set(project.interpreter.own)
    told = {}
    for name, outcome in project.imported().items():
        for _, entry, failure in outcome.unresolved:
            lines = [f"{Path(file).name}:{line}" for file, line in failure.frames if file in own]
            innermost = lines[-1] if lines else None
            told[name, entry] = (failure.error, failure.message, failure.missing, innermost)
    assert told == TOLD


def test_what_resolves_is_not_told(tmp_path: Path) -> None:
    lazy = "__lazy_modules__ = ['pack', 'pack.part', 'pack.inner.part', 'os.path']\n"
    own = {f"app_{place}.py": lazy + source for place, source in enumerate(RESOLVING)}
    seen = lay_out_lazy(tmp_path, own, PACK).imported()
    assert {name for name, outcome in seen.items() if not outcome.loaded} == set()
    assert {name: outcome.unresolved for name, outcome in seen.items() if outcome.unresolved} == {}
