"""Extension modules of a new project: built, left out or refused, and never a false promise."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from uv import find_uv_bin

from tests.parts import shared_out
from tests.template.answers import Answers
from tests.template.conftest import Render, alone, succeed

EXTENSIONS = ["c", "cpp"]
SWITCH = "HELLO_BUILD"
SOUND = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
SANITIZED = "-g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer"

# The interpreters module had a leading underscore and another name before Python 3.14.
IN_AN_ISOLATED_INTERPRETER = """
import sys
code = "from hello.checksum import HAVE_SPEEDUPS; assert HAVE_SPEEDUPS"
if sys.version_info < (3, 13):
    import _xxsubinterpreters as interpreters
    interpreters.run_string(interpreters.create(isolated=True), code)
else:
    import _interpreters as interpreters
    failed = interpreters.exec(interpreters.create("isolated"), code)
    assert failed is None, failed
"""

# A thread that computes keeps no other one waiting, though it would never be asked to make room.
WHILE_ANOTHER_COMPUTES = """
import sys, threading
from hello._speedups import crc32c
data = bytes(1 << 28)
done = threading.Event()
started = threading.Event()
def compute():
    started.set()
    crc32c(data)
    done.set()
sys.setswitchinterval(1000)
threading.Thread(target=compute).start()
started.wait()
assert not done.is_set()
"""


@pytest.fixture
def environment(tmp_path: Path) -> Callable[..., Path]:
    """Make an environment that holds something, and return its interpreter."""

    def make(*what: str | Path, python: str = sys.executable, **variables: str) -> Path:
        folder = tmp_path / f"environment-{python.replace('/', '-')}"
        uv = find_uv_bin()
        succeed(uv, "venv", "--quiet", "--clear", "--python", python, folder, cwd=tmp_path)
        interpreter = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        command = [uv, "pip", "install", "--quiet", "--python", interpreter, *what]
        build(*command, cwd=tmp_path, **variables)
        return interpreter

    return make


def build(*command: str | Path, cwd: Path, **variables: str) -> str:
    """Run a program that has to succeed, with more in its environment."""
    finished = attempt(*command, cwd=cwd, **variables)
    assert finished.returncode == 0, f"{command}\n{finished.stdout}\n{finished.stderr}"
    return finished.stdout


def attempt(*command: str | Path, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a program, with more in its environment and no compiler chosen there."""
    inherited = {name: value for name, value in os.environ.items() if name not in {"CC", "CXX"}}
    return subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=inherited | variables,
        check=False,
        capture_output=True,
        text=True,
    )


def build_wheel(project: Path, python: str = sys.executable, **variables: str) -> Path:
    """Build a wheel, and return it."""
    command = [find_uv_bin(), "build", "--quiet", "--wheel", "--python", python]
    build(*command, cwd=project, **variables)
    [wheel] = (project / "dist").glob("*.whl")
    return wheel


@pytest.fixture(scope="session")
def built(rendered: Render, shared: Path) -> Callable[..., Path]:
    """Build a wheel with its extension, once for all tests that take it as it is."""

    def built(answers: Answers, python: str = sys.executable) -> Path:
        project = shared / sha256(json.dumps([answers, python]).encode()).hexdigest()
        with alone(project.with_suffix(".lock")):
            if not project.exists():
                shutil.copytree(rendered(answers), project)
                build_wheel(project, python, **{SWITCH: "require"})
        [wheel] = (project / "dist").glob("*.whl")
        return wheel

    return built


def compiled_in(wheel: Path) -> list[str]:
    """Return the binaries in a wheel."""
    with ZipFile(wheel) as archive:
        return [name for name in archive.namelist() if name.endswith((".so", ".pyd"))]


def needs(program: str) -> str:
    """Return where a program is; skip the test if it is nowhere."""
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not here")
    return path


def pythons(*versions: str) -> list[str]:
    """Return those of these Pythons that are here; skip the test if none is."""
    found = []
    for version in versions:
        command = [find_uv_bin(), "python", "find", "--no-python-downloads", version]
        finished = attempt(*command, cwd=Path.cwd())
        if finished.returncode == 0:
            found.append(finished.stdout.strip())
    if not found:
        pytest.skip(f"none of Python {', '.join(versions)} is here")
    return found


@pytest.mark.parametrize("stack", ["stdlib", "sqlalchemy"])
def test_without_an_extension_nothing_tells_of_one(render: Render, stack: str) -> None:
    project = render({"stack": stack})
    for file in (path for path in project.rglob("*") if path.is_file()):
        if file.name not in {".copier-answers.yml", "LICENSE"}:
            text = file.read_text("utf-8") + file.name
            traces = r"checksum|crc32c|speedups|csrc|cibuildwheel|setuptools|scikit|extension mod"
            assert not re.search(traces, text), file.name


def test_one_variable_is_named_after_the_package(render: Render) -> None:
    project = render({"extension": "c", "package_name": "other_name"})
    assert "OTHER_NAME_BUILD" in (project / "setup.py").read_text("utf-8")
    assert "HELLO_BUILD" not in (project / "setup.py").read_text("utf-8")


@pytest.mark.parametrize("extension", shared_out(reversed(EXTENSIONS), full=2))
def test_a_wheel_holds_what_its_tag_promises(
    built: Callable[..., Path], extension: str, tmp_path: Path
) -> None:
    needs("cc")
    compiled = built({"extension": extension})
    # With all that a build has left there: nothing of it may get into a wheel that is pure.
    project = Path(shutil.copytree(compiled.parents[1], tmp_path / "hello"))
    (tmp_path / "bin").mkdir()
    no_compiler = {"PATH": str(tmp_path / "bin")}

    tag, binaries = compiled.name.removeprefix("hello-0.1.0-"), compiled_in(compiled)
    assert tag.startswith("cp3")
    assert len(binaries) == 1
    assert binaries[0].startswith("hello/_speedups.")
    assert ("abi3" in tag) == ("abi3" in binaries[0])

    # That a compiler is used where there is one, day one shows.
    for variables in ({SWITCH: "pure"}, no_compiler, {SWITCH: "auto", **no_compiler}):
        shutil.rmtree(project / "dist")
        wheel = build_wheel(project, **variables)
        assert wheel.name.endswith("-py3-none-any.whl")
        assert not compiled_in(wheel)
        shutil.rmtree(project / "build", ignore_errors=True)
    shutil.rmtree(project / "dist")
    command = [find_uv_bin(), "build", "--wheel", "--python", sys.executable]
    assert attempt(*command, cwd=project, **{SWITCH: "require"}, **no_compiler).returncode != 0
    assert not list(project.glob("dist/*.whl"))


@pytest.mark.parametrize("extension", shared_out(reversed(EXTENSIONS), full=2))
def test_it_installs_and_passes_without_a_compiler(
    render: Render, environment: Callable[..., Path], tmp_path: Path, extension: str
) -> None:
    project = render({"extension": extension})
    (tmp_path / "bin").mkdir()
    group = ("--group", f"{project / 'pyproject.toml'}:test")

    python = environment("--editable", project, *group, PATH=str(tmp_path / "bin"))

    report = succeed(python, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", cwd=project)
    assert "the extension was not built here" in report


@pytest.mark.full
def test_a_build_that_fails_leaves_nothing_of_an_earlier_one(
    render: Render, environment: Callable[..., Path]
) -> None:
    needs("cc")
    project = render({"extension": "c"})
    assert compiled_in(build_wheel(project))
    environment("--editable", project)
    assert list(project.glob("src/hello/_speedups.*.*"))
    shutil.rmtree(project / "dist")
    with (project / "csrc/_speedups.c").open("a", encoding="utf-8") as source:
        source.write("this is not C\n")

    wheel = build_wheel(project)
    python = environment("--editable", project)

    assert wheel.name.endswith("-py3-none-any.whl")
    assert not compiled_in(wheel)
    assert not list(project.glob("src/hello/_speedups.*.*"))
    succeed(
        python, "-c", "from hello import checksum; assert not checksum.HAVE_SPEEDUPS", cwd=project
    )


@pytest.mark.parametrize(
    ("answers", "tag"),
    [
        pytest.param({"extension": "c"}, "cp311-abi3", marks=pytest.mark.full),
        pytest.param(
            {"extension": "c", "requires_python": "3.12"}, "cp312-abi3", marks=pytest.mark.release
        ),
        pytest.param({"extension": "cpp"}, "cp312-abi3", marks=pytest.mark.release),
    ],
)
def test_one_wheel_serves_all_later_pythons(
    render: Render,
    built: Callable[..., Path],
    environment: Callable[..., Path],
    tmp_path: Path,
    answers: Answers,
    tag: str,
) -> None:
    """As cibuildwheel does it: from outside the project, on the wheel."""
    needs("cc")
    project = render(answers)
    lowest = tag[2] + "." + tag[3:5]
    wheel = built(answers, pythons(lowest)[0])
    assert tag in wheel.name
    group = ("--group", f"{project / 'pyproject.toml'}:test")
    for python in pythons("3.12", "3.13", "3.14", "3.15"):
        interpreter = environment(wheel, *group, python=python)
        pytest_ = interpreter.parent / "pytest"
        tests = (project / "tests" / "test_imports.py", project / "tests" / "test_checksum.py")
        command = (pytest_, "-q", "-p", "no:cacheprovider", *tests)
        build(*command, cwd=tmp_path, **{SWITCH: "require"})


@pytest.mark.full
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_abi3audit_finds_nothing(built: Callable[..., Path], extension: str) -> None:
    needs("cc")
    wheel = built({"extension": extension}, pythons("3.12")[0])
    assert "abi3" in wheel.name
    uvx = Path(find_uv_bin()).with_name("uvx")
    if attempt(uvx, "abi3audit", "--help", cwd=wheel.parent).returncode:
        pytest.skip("abi3audit cannot be had")

    build(uvx, "abi3audit", "--strict", wheel, cwd=wheel.parent)


@pytest.mark.full
@pytest.mark.parametrize("macros", [["-DPy_LIMITED_API=0x030B0000"], []], ids=["abi3", "version"])
def test_a_compiler_warns_of_nothing_in_the_c_code(
    render: Render, tmp_path: Path, macros: list[str]
) -> None:
    gcc = needs("gcc")
    project = render({"extension": "c"})
    for python in pythons("3.11", "3.12", "3.13", "3.14", "3.15"):
        where = "import sysconfig; print(sysconfig.get_path('include'))"
        headers = succeed(python, "-c", where, cwd=tmp_path).strip()
        options = [*SOUND, "-O2", "-fPIC", *macros, "-isystem", headers]
        succeed(gcc, *options, "-o", tmp_path / "out.o", "-c", "csrc/_speedups.c", cwd=project)


@pytest.mark.parametrize(
    "extension",
    [
        pytest.param("c", marks=pytest.mark.full),
        pytest.param("cpp", marks=pytest.mark.release),
    ],
)
def test_the_sanitizers_find_nothing(
    render: Render, environment: Callable[..., Path], extension: str
) -> None:
    gcc = needs("gcc")
    needs("g++")
    project = render({"extension": extension})
    libraries = [
        succeed(gcc, f"-print-file-name={name}", cwd=project).strip()
        for name in ("libasan.so", "libubsan.so", "libstdc++.so")
    ]
    if not all(map(os.path.isabs, libraries)):
        pytest.skip("gcc has no sanitizers here")
    flags = dict.fromkeys(("CFLAGS", "CXXFLAGS", "LDFLAGS"), SANITIZED)
    group = ("--group", f"{project / 'pyproject.toml'}:test")

    # Without a cache: it would hold the same project built without the flags.
    python = environment("--no-cache", project, *group, **flags, **{SWITCH: "require"})

    run = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_checksum.py")
    watch = {"LD_PRELOAD": " ".join(libraries), "ASAN_OPTIONS": "detect_leaks=0"}
    report = build(python, *run, cwd=project, **watch)
    assert "passed" in report
    [binary] = python.parents[1].rglob("_speedups.*.so")
    assert b"__asan_init" in binary.read_bytes()


@pytest.mark.full
def test_isolated_interpreters_load_the_extension(
    built: Callable[..., Path], environment: Callable[..., Path], tmp_path: Path
) -> None:
    needs("cc")
    wheel = built({"extension": "c"}, pythons("3.11")[0])
    for python in pythons("3.12", "3.13", "3.14", "3.15"):
        interpreter = environment(wheel, python=python)
        succeed(interpreter, "-c", IN_AN_ISOLATED_INTERPRETER, cwd=tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_other_threads_run_while_one_computes(
    built: Callable[..., Path],
    environment: Callable[..., Path],
    tmp_path: Path,
    extension: str,
) -> None:
    needs("cc")
    python = environment(built({"extension": extension}))
    succeed(python, "-c", WHILE_ANOTHER_COMPUTES, cwd=tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_a_free_threaded_python_stays_so(
    render: Render, environment: Callable[..., Path], extension: str
) -> None:
    needs("cc")
    project = render({"extension": extension})
    [python, *_] = pythons("3.15t", "3.14t", "3.13t")
    interpreter = environment(project, python=python, **{SWITCH: "require"})
    probe = "import hello._speedups, sys; assert not sys._is_gil_enabled()"
    succeed(interpreter, "-W", "error", "-c", probe, cwd=project)


@pytest.mark.full
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_the_extension_is_a_hundred_times_as_fast(
    render: Render, built: Callable[..., Path], environment: Callable[..., Path], extension: str
) -> None:
    needs("cc")
    project = render({"extension": extension})
    group = ("--group", f"{project / 'pyproject.toml'}:benchmark")
    python = environment(built({"extension": extension}), *group)

    report = succeed(python, "-m", "pytest", "-p", "no:cacheprovider", "benchmarks", cwd=project)

    assert "skipped" not in report
