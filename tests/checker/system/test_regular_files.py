"""Files in folders that others write to as well."""

import os
from pathlib import Path

import pytest

from modwright_check.system.regular_files import read_regular

NEEDS_POSIX = pytest.mark.skipif(os.name == "nt", reason="no pipes in folders on Windows")


def test_a_file_is_read_and_a_long_one_from_its_end(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"0123456789")
    assert read_regular(file, 100) == b"0123456789"
    assert read_regular(file, 3) == b"789"


def make_link(place: Path) -> None:
    place.symlink_to(__file__)


@NEEDS_POSIX
@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, make_link])
def test_nothing_else_is_read_nor_left_open(make: object, tmp_path: Path) -> None:
    place = tmp_path / "place"
    assert callable(make)
    make(place)
    free = os.open(os.devnull, os.O_RDONLY)
    os.close(free)
    with pytest.raises(OSError, match="place"):
        read_regular(place, 100)
    again = os.open(os.devnull, os.O_RDONLY)
    os.close(again)
    assert again == free
