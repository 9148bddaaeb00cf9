"""MW318: names that a star import replaces."""

import pytest

from modwright_check.rules.replaced_by_stars import judge
from tests.checker.rules.conftest import Judged


def said(judged: Judged, files: dict[str, str]) -> list[str]:
    return [f"{each.code} {each.file}:{each.line}" for each in judged(judge, files)]


A = "def load(): ...\ndef only_a(): ...\n"
B = "def load(): ...\ndef only_b(): ...\n"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("from .a import *\nfrom .b import *\n", 2),
        ("def load(): ...\nfrom .a import *\n", 2),
        ("from json import load\nfrom .a import *\n", 2),
        ("from .c import *\nfrom .a import *\n", 2),
        ("def join(): ...\nfrom shlex import *\n", 2),
        ("from .a import *\nfrom .tries import *\n", 2),
    ],
)
def test_a_star_import_that_replaces_a_name_is_found(
    judged: Judged, source: str, line: int
) -> None:
    files = {"pkg/a.py": A, "pkg/b.py": B, "pkg/c.py": "from .b import *\n"}
    files["pkg/tries.py"] = "try:\n    import xyz\nexcept ImportError:\n    from .b import load\n"
    files |= {"pkg/__init__.py": "", "pkg/mod.py": source}
    assert said(judged, files) == [f"MW318 src/pkg/mod.py:{line}"]


@pytest.mark.parametrize(
    "source",
    [
        "from .a import *\nfrom .c import *\n",
        "from .a import *\nfrom .again import *\n",
        "from .a import load\nfrom .again import *\n",
        "from .a import *\ndef load(): ...\n",
        "from .a import *\nload = 1\n",
        "from .a import *\nfrom .chosen import *\n",
        "from .a import *\nfrom .private import *\n",
        "try:\n    from .a import *\nexcept ImportError:\n    from .b import *\n",
        "from .uses_os import *\nfrom .imports_os import *\n",
        "from unknown_one import *\nfrom unknown_other import *\n",
        "from .mod import *\nfrom .a import *\n",
        "from ._extension import load\nfrom .of_extension import *\n",
        "def load(): ...\ndel load\nfrom .a import *\n",
        "from .a import *\nfrom .deletes import *\n",
        "from .a import *\nfrom .tries import *\n",
        "from .a import *\nfrom .tries_all import *\n",
    ],
)
def test_a_star_import_that_replaces_nothing_is_left_alone(judged: Judged, source: str) -> None:
    files = {
        "pkg/__init__.py": "",
        "pkg/a.py": A,
        "pkg/b.py": B,
        "pkg/c.py": "def only_c(): ...\n",
        "pkg/again.py": "from .a import load\n__all__ = ['load']\n",
        "pkg/chosen.py": f"__all__ = ['only_b']\n{B}",
        "pkg/private.py": "def _load(): ...\n",
        "pkg/uses_os.py": "from os import path\n",
        "pkg/imports_os.py": "from posixpath import sep as path\n",
        "pkg/tries.py": "try:\n    from .a import load\nexcept ImportError:\n    load = None\n",
        "pkg/tries_all.py": "try:\n    from .a import *\nexcept ImportError:\n    load = None\n",
        "pkg/deletes.py": "def load(): ...\ndel load\n",
        "pkg/of_extension.py": "from ._extension import *\n__all__ = ['load']\n",
        "pkg/mod.py": source,
    }
    assert said(judged, files) == []
