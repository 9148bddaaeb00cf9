"""In which Pythons a `try` gets to an import."""

import ast

import pytest

from modwright_check.model.python_versions import ALL_MINORS
from modwright_check.static.fallbacks import minors_that_reach
from modwright_check.static.walker import Walk

FIRST = "try:\n  from typing import TypeAliasType\n"  # new in Python 3.12


@pytest.mark.parametrize(
    ("source", "since"),
    [
        (f"{FIRST}  import own\nexcept ImportError: ...", 12),
        (f"{FIRST}except ImportError: ...\nelse:\n  import own", 12),
        (f"{FIRST}except ImportError:\n  import own", 0),
        (f"{FIRST}except ImportError: ...\nfinally:\n  import own", 0),
        ("try:\n  import own\n  from typing import TypeAliasType\nexcept ImportError: ...", 0),
        ("try:\n  from typing import Any\n  import own\nexcept ImportError: ...", 0),
        (f"{FIRST}except ImportError: ...\nimport own", 0),
    ],
    ids=["after it", "when all went well", "instead", "in any case", "before", "old", "behind"],
)
def test_an_import_is_reached_where_all_that_is_tried_before_it_is_there(
    source: str, since: int
) -> None:
    walk = Walk(ast.parse(source), source, "app", "")
    [own] = [each for each in walk.imports if each.module == "own"]
    assert minors_that_reach(own) == {each for each in ALL_MINORS if each >= since}
