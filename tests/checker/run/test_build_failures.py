"""Why a build has failed, told by what the project and its source distribution hold."""

import tarfile
from pathlib import Path

import pytest

from modwright_check.run.build_failures import last_words, reason

_CARGO = """\
error: failed to get `knots` as a dependency
maturin failed
Error: command ['maturin', 'pep517', 'write-sdist'] returned non-zero exit status 1
"""
_GCC = """\
csrc/tide.c:2:10: fatal error: knots.h: No such file or directory
compilation terminated.
error: Command '['gcc', '-c', 'csrc/tide.c']' returned non-zero exit status 1.
"""
_LACKS = "the source distribution lacks {}, which the build needs"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with sources in C, and a module that its setup.py imports."""
    folder = tmp_path / "tide"
    for name in ("csrc/tide.c", "csrc/knots.h", "requirements.txt", "numbering.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def built(project: Path, *names: str) -> Path:
    """Return a folder with a source distribution that holds some files of the project."""
    folder = project.parent / "built"
    folder.mkdir()
    with tarfile.open(folder / "tide-1.tar.gz", "w:gz") as archive:
        for name in names:
            archive.add(project / name, f"tide-1/{name}")
    return folder


@pytest.mark.parametrize(
    ("said", "file"),
    [
        (_GCC, "csrc/knots.h"),
        ("csrc/tide.c:2:10: fatal error: 'knots.h' file not found\nerror: x", "csrc/knots.h"),
        (
            "FileNotFoundError: [Errno 2] No such file or directory: '/tmp/x/requirements.txt'",
            "requirements.txt",
        ),
        ("ValueError: 'csrc/knots.h' doesn't match any files", "csrc/knots.h"),
        ("OSError: Readme file does not exist: requirements.txt", "requirements.txt"),
        ("ninja: error: 'csrc/knots.h', needed by 'tide', missing", "csrc/knots.h"),
        ("csrc/tide.c:1:0: 'knots.h' not found\nx.CompileError: csrc/tide.c", "csrc/knots.h"),
    ],
)
def test_a_file_that_the_source_distribution_lacks_is_named(
    said: str, file: str, project: Path
) -> None:
    told = reason(said, project, built(project, "csrc/tide.c"))
    assert told.startswith(_LACKS.format(file))


def test_a_file_that_is_there_or_is_nobodys_is_told_in_the_compilers_words(project: Path) -> None:
    folder = built(project, "csrc/tide.c", "csrc/knots.h")
    assert reason(_GCC, project, folder) == _GCC.splitlines()[0]
    other = _GCC.replace("knots.h", "zlib.h")
    assert reason(other, project, folder) == other.splitlines()[0]


def test_a_source_distribution_that_could_not_be_built_lacks_nothing(project: Path) -> None:
    assert reason(_GCC, project, project.parent / "built") == _GCC.splitlines()[0]


@pytest.mark.parametrize(
    ("module", "what_to_do"), [("numpy", "`requires`"), ("numbering", "`backend-path`")]
)
def test_a_module_that_a_build_does_not_find_is_told_with_what_to_do(
    module: str, what_to_do: str, project: Path
) -> None:
    said = f"ModuleNotFoundError: No module named '{module}'"
    told = reason(said, project, project.parent / "built")
    assert told.startswith(said)
    assert what_to_do in told


def test_what_a_compiler_says_comes_before_its_command_line() -> None:
    assert last_words(_GCC) == _GCC.splitlines()[0]
    assert last_words("Building x\nerror: no wheel") == "error: no wheel"
    assert last_words(_CARGO) == "error: failed to get `knots` as a dependency"
    assert (
        last_words("error: returned non-zero exit status 1")
        == "error: returned non-zero exit status 1"
    )
