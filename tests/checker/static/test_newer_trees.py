"""Trees that another Python has made: written down by the probe, and made nodes again."""

import ast
import marshal
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from modwright_check.run.newer_trees import PARSER
from modwright_check.static.newer_trees import kind_of, rebuilt
from modwright_check.static.walker import Walk

LIBRARY = Path(sysconfig.get_path("stdlib"))


def told_by(python: str, folder: Path, *files: Path) -> list[Any]:
    """Return what the probe's parser writes of files."""
    (folder / "trees").mkdir()
    (folder / "files").write_bytes(marshal.dumps([str(file) for file in files]))
    subprocess.run([python, "-I", "-S", PARSER, folder], check=True)
    written = (folder / "trees" / str(number) for number in range(len(files)))
    return [marshal.loads(each.read_bytes()) for each in written]  # noqa: S302


@pytest.mark.full
def test_a_tree_comes_back_as_it_was(tmp_path: Path) -> None:
    files = [LIBRARY / name for name in ("dataclasses.py", "enum.py", "typing.py", "inspect.py")]
    for file, told in zip(files, told_by(sys.executable, tmp_path, *files), strict=True):
        made = ast.parse(file.read_bytes())
        assert ast.dump(rebuilt(told), include_attributes=True) == ast.dump(
            made, include_attributes=True
        )


def test_what_is_wrong_with_a_source_is_told_with_its_line(tmp_path: Path) -> None:
    source, gone = tmp_path / "a.py", tmp_path / "gone.py"
    source.write_text("x = 1\ndef f(:\n")
    (message, line), (reason, nowhere) = told_by(sys.executable, tmp_path, source, gone)
    assert (message, line) == ("invalid syntax", 2)
    assert "No such file" in reason
    assert nowhere is None


def test_a_node_of_an_unknown_kind_can_be_walked_through() -> None:
    name = ("Name", "expr", {"id": "x", "ctx": ("Load", "expr_context", {}), "lineno": 1})
    node = rebuilt(("Frozen", "stmt", {"values": [name], "lineno": 1, "col_offset": 0}))
    assert isinstance(node, ast.stmt)
    assert type(node) is kind_of("Frozen", ast.stmt)
    assert [each.id for each in ast.walk(node) if isinstance(each, ast.Name)] == ["x"]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python knows type statements")
def test_a_kind_that_this_python_lacks_is_read_like_any_other() -> None:
    name = ("Name", "expr", {"id": "X", "ctx": ("Store", "expr_context", {}), "lineno": 1})
    held = {"name": name, "type_params": [], "value": name, "lineno": 1, "end_lineno": 1}
    alias = ("TypeAlias", "stmt", held)
    walk = Walk(rebuilt(("Module", "mod", {"body": [alias], "type_ignores": []})), "", "a", "")
    assert walk.definitions == {"X": 1}
