"""Which files a wheel lays into site-packages."""

from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest

from modwright_check.wheel.modules import installed_files


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    return tmp_path / "sample-1-py3-none-any.whl"


def test_its_metadata_and_data_for_other_places_are_not_among_them(wheel: Path) -> None:
    with ZipFile(wheel, "w") as archive:
        for name in ("sample.py", "sample-1.dist-info/WHEEL", "sample-1.data/scripts/run"):
            archive.writestr(name, "")
        archive.writestr("sample-1.data/purelib/more/__init__.py", "")
    assert list(installed_files(wheel)) == [
        PurePosixPath("more/__init__.py"),
        PurePosixPath("sample.py"),
    ]


def test_another_wheel_at_the_same_path_is_another_wheel(wheel: Path) -> None:
    for name in ("one.py", "two.py"):
        with ZipFile(wheel, "w") as archive:
            archive.writestr(name, "")
        assert list(installed_files(wheel)) == [PurePosixPath(name)]
