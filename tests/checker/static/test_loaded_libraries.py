"""Libraries that a module has `ctypes` look for, and load by their names."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from modwright_check.static.loaded_libraries import has_a_library_loaded, libraries_found
from modwright_check.static.source import Source, read_source
from modwright_check.wheel.modules import Module
from modwright_check.wheel.source_map import SourceMap

Read = Callable[[str], Source]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that reads a text as a module."""

    def read(text: str) -> Source:
        (tmp_path / "till.py").write_text(text, encoding="utf-8")
        source = read_source(
            Module("till", PurePosixPath("till.py")), SourceMap(None, tmp_path, ())
        )
        assert source
        return source

    return read


@pytest.mark.parametrize(
    ("text", "loads"),
    [
        ("ctypes.windll.LoadLibrary('till64')", True),
        ("ctypes.WinDLL(path)", True),
        ("ctypes.WinDLL('Kernel32.dll')", False),
        ("ctypes.WinDLL('till64'); ctypes.WinDLL('user32')", False),
        ("ctypes.windll.kernel32", False),
    ],
)
def test_a_library_of_the_system_itself_is_none_of_a_back_end(
    text: str, *, loads: bool, read: Read
) -> None:
    assert has_a_library_loaded(read(f"import ctypes\n{text}")) is loads


@pytest.mark.parametrize(
    "text",
    [
        "till = find_library('till')",
        "if till := ctypes.util.find_library('till'): pass",
    ],
)
def test_a_name_stands_for_the_library_that_was_looked_for(text: str, read: Read) -> None:
    assert libraries_found(read(text)) == {"till"}


def test_what_else_a_name_stands_for_is_not_a_library(read: Read) -> None:
    assert not libraries_found(read("find_library = None\ntill = ask('till')"))
