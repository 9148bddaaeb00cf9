"""What it costs to import a new project: beside a bare interpreter, and beside an eager one.

    python -m benchmarks.importing_a_new_project [ROUNDS]

The package loads its modules when they are used (PEP 562). The eager version is the same project,
whose package imports all of its public names, and the integrations, as most packages do.
"""

import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from uv import find_uv_bin

from benchmarks.timing import Case, medians, print_ratios

BIN = Path(sys.executable).parent
EXTERNAL = ("requests", "numpy", "pandas", "flask", "fastapi")
MOST = 10  # milliseconds over a bare interpreter


def new_project(folder: Path, stack: str, *external: str) -> Path:
    """Make a project, called hello, and return its folder."""
    project = folder / "hello"
    libraries = f"external=[{', '.join(external)}]"
    command = [str(BIN / "modwright"), "new", str(project), "--defaults", "--stack", stack]
    subprocess.run(
        [*command, "--data", libraries, "--no-check", "--no-git"], check=True, capture_output=True
    )
    return project


def install(project: Path, environment: Path) -> Path:
    """Install a project as its users do; return the interpreter."""
    uv = find_uv_bin()
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, environment], check=True)
    python = environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    target = ("--quiet", "--python", str(python))
    subprocess.run([uv, "pip", "install", *target, "--compile-bytecode", str(project)], check=True)
    return python


def make_eager(project: Path) -> None:
    """Let the package import at once what it would import when it is used."""
    package = project / "src" / "hello"
    file = package / "__init__.py"
    text = file.read_text("utf-8").replace("TYPE_CHECKING = False", "TYPE_CHECKING = True")
    integrations = sorted(path.stem for path in package.glob("integrations/[a-z]*.py"))
    lines = [f"import hello.integrations.{name}\n" for name in integrations]
    file.write_text(re.sub(r"(?m)^(?=TYPE_CHECKING)", "".join(lines), text), "utf-8")


def run(python: Path, code: str, _folder: Path) -> list[str]:
    return [str(python), "-I", "-c", code]


def compare(title: str, rounds: int, stack: str, *external: str) -> None:
    """Time the lazy project and the eager one in turns; print ratios and the difference."""
    with TemporaryDirectory() as folder:
        pythons = {}
        for kind in ("lazy", "eager"):
            root = Path(folder, kind)
            root.mkdir()
            project = new_project(root, stack, *external)
            if kind == "eager":
                make_eager(project)
            pythons[kind] = install(project, root / "environment")
        cases: dict[str, Case] = {
            "a bare interpreter": partial(run, pythons["lazy"], "pass"),
            "import hello": partial(run, pythons["lazy"], "import hello"),
            "import hello, eager": partial(run, pythons["eager"], "import hello"),
        }
        times = medians(cases, rounds)
    print_ratios(title, times, {})
    over = (times["import hello"] - times["a bare interpreter"]) * 1000
    print(f"  over bare: {over:.1f} ms   goal: at most {MOST}")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    compare("stdlib", rounds, "stdlib")
    compare("sqlalchemy", rounds, "sqlalchemy")
    compare(f"stdlib, with {', '.join(EXTERNAL)}", rounds, "stdlib", *EXTERNAL)


if __name__ == "__main__":
    main()
