"""Which modules a wheel offers."""

from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modwright_check.wheel.modules import wheel_modules

PARTS = st.sampled_from(
    [
        "pkg",
        "_private",
        "__init__",
        "__main__",
        "tests",
        "0001_first",
        "kebab-case",
        "été",
        "x.data",
    ]
)
SUFFIXES = st.sampled_from(["", ".py", ".pyi", ".pyc", ".so", ".abi3.so", ".cp313-win_amd64.pyd"])
FILES = st.builds(
    lambda parts, suffix: "/".join(parts) + suffix,
    st.lists(PARTS, min_size=1, max_size=4),
    SUFFIXES,
)
OFFERS = {
    "pkg/__init__.py": "pkg",
    "pkg/mod.py": "pkg.mod",
    "pkg/_private.py": "pkg._private",
    "pkg/__main__.py": "pkg.__main__",
    "pkg/sub/deep/mod.py": "pkg.sub.deep.mod",
    "top.py": "top",
    "pkg/fast.so": "pkg.fast",
    "pkg/fast.abi3.so": "pkg.fast",
    "pkg/fast.cpython-313-x86_64-linux-gnu.so": "pkg.fast",
    "pkg/fast.cp313-win_amd64.pyd": "pkg.fast",
    "pkg/été.py": "pkg.été",
    "pkg/class.py": "pkg.class",
    "pkg-1.data/purelib/pkg/late.py": "pkg.late",
    "pkg-1.data/platlib/pkg/fast.so": "pkg.fast",
}
OFFERS_NOT = [
    "pkg/data.txt",
    "pkg/types.pyi",
    "pkg/old.pyc",
    "pkg/__pycache__/mod.cpython-313.pyc",
    "pkg/migrations/0001_first.py",
    "pkg/kebab-case.py",
    "pkg/kebab-case/mod.py",
    "pkg/py",
    "pkg/.py",
    "__init__.py",
    "pkg-1.dist-info/tool.py",
    "pkg-1.data/scripts/tool.py",
    "pkg-1.data/data/share/tool.py",
    "pkg-1.data/headers/tool.py",
]


def wheel(folder: Path, *members: str, content: str | bytes = "PyInit_fast") -> Path:
    file = folder / "sample-1-py3-none-any.whl"
    with ZipFile(file, "w") as archive:
        for member in members:
            archive.writestr(member, content)
    return file


@pytest.mark.parametrize("member", OFFERS)
def test_what_can_be_imported_is_offered(member: str, tmp_path: Path) -> None:
    [module] = wheel_modules(wheel(tmp_path, member))
    assert module.name == OFFERS[member]
    assert member.endswith(module.path.as_posix())


@pytest.mark.parametrize("member", OFFERS_NOT)
def test_what_no_import_can_name_is_not_offered(member: str, tmp_path: Path) -> None:
    assert wheel_modules(wheel(tmp_path, member)) == []


def test_a_shared_library_is_not_a_module(tmp_path: Path) -> None:
    assert wheel_modules(wheel(tmp_path, "pkg/lib/libx.so", "pkg/fast.so", content="\x7fELF")) == []


@pytest.mark.parametrize(
    ("content", "offered"),
    [
        (b"\x7fELF" + b" " * (1 << 20), []),
        (b"<bigaf>\n" + b" " * (1 << 20), []),
        (b"\x7fELF" + b" " * ((1 << 20) - 8) + b"PyInit_other", ["pkg._fast"]),
        (b"no binary at all", ["pkg._fast"]),
    ],
    ids=[
        "no init function",
        "no init function on AIX",
        "an init function of another name",
        "no binary",
    ],
)
def test_a_file_with_the_tag_of_an_abi_is_a_module_unless_it_is_a_library(
    content: bytes, offered: list[str], tmp_path: Path
) -> None:
    file = wheel(tmp_path, "pkg/_fast.abi3.so", content=content)
    assert [module.name for module in wheel_modules(file)] == offered


def test_an_extension_goes_before_its_pure_fallback(tmp_path: Path) -> None:
    for members in (["a/b.py", "a/b.abi3.so"], ["a/b.abi3.so", "a/b.py"]):
        [module] = wheel_modules(wheel(tmp_path, *members))
        assert module.path.name == "b.abi3.so"


def test_modules_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    modules = wheel_modules(wheel(tmp_path, "b.py", "a/z.py", "a/__init__.py", "a.py.txt"))
    assert [module.name for module in modules] == ["a", "a.z", "b"]


@settings(deadline=None)
@given(st.sets(FILES, max_size=8))
def test_whatever_a_wheel_holds_its_modules_have_names_that_can_be_written(
    members: set[str],
) -> None:
    with TemporaryDirectory() as folder:
        modules = wheel_modules(wheel(Path(folder), *members))
    names = [module.name for module in modules]
    assert names == sorted(set(names))
    for module in modules:
        assert all(part.isidentifier() for part in module.name.split("."))
        assert any(member.endswith(module.path.as_posix()) for member in members)
        assert module.path.name.startswith((module.name.rpartition(".")[2], "__init__"))
