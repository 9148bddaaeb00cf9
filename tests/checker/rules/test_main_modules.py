"""What is said of a `__main__` whose time is over, which no machine can be made to show twice."""

from pathlib import Path

import pytest

from modwright_check.model.import_result import Outcome
from modwright_check.rules import main_modules
from tests.checker.rules.conftest import Judged


def out_of_time(*frames: tuple[Path, int]) -> Outcome:
    stack = tuple((str(file), line) for file, line in frames)
    return Outcome(loaded=False, exit_code=None, time_limit=30, frames=stack)


@pytest.mark.parametrize(
    ("app_imports", "code"), [(True, "MW904"), (False, "MW903")], ids=["elsewhere", "nowhere"]
)
def test_an_import_that_works_elsewhere_was_only_slow(
    app_imports: bool, code: str, tmp_path: Path, judged: Judged
) -> None:
    inside = tmp_path / "environment" / "lib" / "site-packages" / "shop"
    files = {
        "shop/__init__.py": "",
        "shop/__main__.py": "from shop.app import main\n\nmain()\n",
        "shop/app.py": "class Spawner:\n    def __init_subclass__(cls): ...\n\ndef main(): ...\n",
    }
    outcomes = {"shop.__main__": out_of_time((inside / "__main__.py", 1), (inside / "app.py", 2))}
    if not app_imports:
        outcomes["shop.app"] = out_of_time((inside / "app.py", 2))
    found = judged(main_modules.judge, files, outcomes=outcomes)
    assert [(each.module, each.code) for each in found] == [("shop.__main__", code)]


def test_a_program_under_its_guard_has_not_failed_where_its_imports_were_slow(
    tmp_path: Path, judged: Judged
) -> None:
    inside = tmp_path / "environment" / "lib" / "site-packages" / "shop"
    files = {
        "shop/__init__.py": "",
        "shop/__main__.py": (
            'from shop.app import main\n\nif __name__ == "__main__":\n    main()\n'
        ),
        "shop/app.py": "class Spawner: ...\n\ndef main(): ...\n",
    }
    outcomes = {"shop.__main__": out_of_time((inside / "__main__.py", 1), (inside / "app.py", 1))}
    assert judged(main_modules.judge, files, outcomes=outcomes) == []
