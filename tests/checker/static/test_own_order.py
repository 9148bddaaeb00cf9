"""The order of dependence of a project's own modules."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from modwright_check.static.own_order import DEEP, deepest, own_order
from modwright_check.static.source import read_sources
from modwright_check.wheel.modules import Module
from modwright_check.wheel.source_map import SourceMap


def order(
    folder: Path, files: Mapping[str, str], *, without_source: tuple[str, ...] = ()
) -> dict[str, list[str]]:
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    modules = tuple(
        Module(
            name.removesuffix(".py").removesuffix("/__init__").replace("/", "."),
            PurePosixPath(name),
        )
        for name in files
    )
    read = read_sources(SourceMap(None, folder, modules))
    return own_order(list(read.values()), [*(module.name for module in modules), *without_source])


def test_a_module_comes_after_what_it_imports_and_the_packages_around_it(tmp_path: Path) -> None:
    files = {"a/__init__.py": "", "a/b.py": "from a import c", "a/c.py": "", "d.py": "import a.b"}
    assert order(tmp_path, files) == {
        "a": [],
        "a.c": ["a"],
        "a.b": ["a", "a.c"],
        "d": ["a", "a.b"],
    }


def test_what_functions_import_does_not_count(tmp_path: Path) -> None:
    files = {"a.py": "def f():\n    import b", "b.py": "import a"}
    assert list(order(tmp_path, files)) == ["a", "b"]


def test_a_cycle_without_a_package_and_what_needs_it_are_left_out(tmp_path: Path) -> None:
    files = {"a.py": "import b", "b.py": "import a", "c.py": "import b", "d.py": ""}
    assert list(order(tmp_path, files)) == ["d"]


def test_a_package_begins_the_cycle_with_its_modules(tmp_path: Path) -> None:
    files = {"p/__init__.py": "from p import a", "p/a.py": "from p import b", "p/b.py": "import p"}
    assert list(order(tmp_path, files)) == ["p", "p.a", "p.b"]


def test_what_asks_at_import_which_modules_are_there_is_left_out(tmp_path: Path) -> None:
    files = {
        "a.py": "import sys\nHERE = 'b' in sys.modules",
        "b.py": "import a",
        "c.py": "import sys\ndef f(): return sys.modules",
        "d.py": "from sys import modules",
    }
    assert list(order(tmp_path, files)) == ["c"]


def test_an_extension_and_what_needs_it_are_left_out(tmp_path: Path) -> None:
    files = {"p/__init__.py": "", "p/fast.py": "from p import _fast", "p/slow.py": ""}
    assert list(order(tmp_path, files, without_source=("p._fast",))) == ["p", "p.slow"]


def test_a_long_chain_is_not_recursion(tmp_path: Path) -> None:
    files = {f"m{number}.py": f"import m{number + 1}" for number in range(1100)}
    files["m1100.py"] = ""
    assert next(iter(order(tmp_path, files))) == "m1100"


def test_the_deepest_are_those_that_may_be_too_deep_for_python(tmp_path: Path) -> None:
    files = {f"m{number}.py": f"import m{number - 1}" for number in range(1, DEEP + 2)}
    chain = order(tmp_path, {"m0.py": "", **files})
    assert deepest(chain, 2) == [f"m{DEEP + 1}", f"m{DEEP}"]
    assert deepest(dict(list(chain.items())[:DEEP]), 2) == []
