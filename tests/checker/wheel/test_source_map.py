"""Where the wheel's files lie in the project."""

from pathlib import Path, PurePosixPath

import pytest

from modwright_check.wheel.source_map import SourceMap


@pytest.mark.parametrize("root", ["src", "", "lib", "python", "generator"])
def test_a_source_is_found_in_whatever_layout(root: str, tmp_path: Path) -> None:
    (tmp_path / root / "pkg").mkdir(parents=True)
    (tmp_path / root / "pkg" / "mod.py").touch()
    sources = SourceMap(tmp_path, tmp_path / "site-packages", ())
    assert sources.in_project(PurePosixPath("pkg/mod.py")) == f"{root}/pkg/mod.py".lstrip("/")


def test_src_is_looked_at_before_what_a_build_has_left(tmp_path: Path) -> None:
    for root in ("build", "src"):
        (tmp_path / root).mkdir()
        (tmp_path / root / "mod.py").touch()
    sources = SourceMap(tmp_path, tmp_path / "site-packages", ())
    assert sources.in_project(PurePosixPath("mod.py")) == "src/mod.py"


def test_a_file_that_the_build_has_made_is_named_by_its_place_in_the_wheel(tmp_path: Path) -> None:
    sources = SourceMap(tmp_path, tmp_path / "site-packages", ())
    assert sources.in_project(PurePosixPath("pkg/fast.abi3.so")) == "pkg/fast.abi3.so"


def test_frames_of_others_are_not_the_projects(tmp_path: Path) -> None:
    sources = SourceMap(tmp_path, tmp_path / "site-packages", ())
    frames = [("<frozen importlib._bootstrap>", 1), ("<string>", 2), ("a\0b", 3), (__file__, 4)]
    assert sources.innermost(frames) is None
