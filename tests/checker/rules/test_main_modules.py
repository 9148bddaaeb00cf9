"""What is said of a `__main__` by what was seen of its import."""

import pytest

from modwright_check.model.import_result import Outcome
from modwright_check.rules.main_modules import judge
from tests.checker.rules.conftest import LOADED, EvidenceOf

FILES = {
    "shop/__init__.py": "",
    "shop/__main__.py": "from shop.stock import count\n\ncount()\n",
    "shop/stock.py": "import json\n\n\ndef count():\n    return json\n",
}


@pytest.mark.parametrize(("stock_imports", "codes"), [(True, []), (False, ["MW903"])])
def test_a_program_is_not_broken_by_a_machine_on_which_its_imports_take_too_long(
    evidence_of: EvidenceOf, stock_imports: bool, codes: list[str]
) -> None:
    place = evidence_of(FILES).environment.site_packages
    frames = tuple((str(place / "shop" / name), 1) for name in ("__main__.py", "stock.py"))
    late = Outcome(loaded=False, exit_code=None, time_limit=30, frames=frames)
    outcomes = {"shop.__main__": late, "shop.stock": LOADED if stock_imports else late}
    assert [found.code for found in judge(evidence_of(FILES, outcomes=outcomes))] == codes
