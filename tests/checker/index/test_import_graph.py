"""Who imports whom: at import, or when a name is first used."""

import sys
from pathlib import Path, PurePosixPath

import pytest

from modwright_check.index.import_graph import import_graph, lazy_imports
from modwright_check.static.source import Source, read_sources
from modwright_check.wheel.modules import Module
from modwright_check.wheel.source_map import SourceMap
from tests.conftest import WriteFiles

FILES = {
    "a.py": "__lazy_modules__ = ['b']\nimport b\nimport c\n",
    "b.py": "def f():\n    import c\n",
    "c.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a\n",
}


def sources(folder: Path, write_files: WriteFiles, files: dict[str, str]) -> dict[str, Source]:
    modules = tuple(Module(name.removesuffix(".py"), PurePosixPath(name)) for name in files)
    return read_sources(SourceMap(None, write_files(folder, files), modules))


def test_what_a_python_has_wait_is_not_an_import_at_import(
    write_files: WriteFiles, tmp_path: Path
) -> None:
    read = sources(tmp_path, write_files, FILES)
    assert import_graph(read, 15) == {"a": ("c",), "b": (), "c": ()}
    assert lazy_imports(read, 15) == {"a": ("b",)}


def test_an_older_python_waits_for_nothing(write_files: WriteFiles, tmp_path: Path) -> None:
    read = sources(tmp_path, write_files, FILES)
    assert import_graph(read, 14) == {"a": ("b", "c"), "b": (), "c": ()}
    assert lazy_imports(read, 14) == {}


@pytest.mark.skipif(sys.version_info < (3, 15), reason="Python 3.15 brings the lazy statement")
def test_a_lazy_statement_waits(write_files: WriteFiles, tmp_path: Path) -> None:
    read = sources(
        tmp_path, write_files, {**FILES, "a.py": "lazy import b\nlazy from c import x\n"}
    )
    assert import_graph(read, 15)["a"] == ()
    assert lazy_imports(read, 15) == {"a": ("b", "c")}
