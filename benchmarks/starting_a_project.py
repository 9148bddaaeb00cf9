"""How long it takes to start a project, beside the bare tools.

    python -m benchmarks.starting_a_project [ROUNDS]

Everything is measured in one run and printed as a ratio: machines differ and are shared.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.timing import Case, medians, print_ratios

BIN = Path(sys.executable).parent
REPOSITORY = Path(__file__).parents[1]


def modwright(*arguments: str) -> Case:
    return lambda _: [str(BIN / "modwright"), *arguments]


def python(code: str) -> Case:
    return lambda _: [sys.executable, "-c", code]


def bare_copier(_: Path) -> list[str]:
    return [str(BIN / "copier"), "copy", "--defaults", str(REPOSITORY), "hello"]


def cookiecutter(template: Path) -> Case:
    return lambda _: [str(BIN / "cookiecutter"), "--no-input", str(template)]


def cookiecutter_template(folder: Path) -> int:
    """Make a cookiecutter template out of a new project; return how many files it has."""
    project = folder / "{{cookiecutter.project_name}}"
    start = [str(BIN / "modwright"), "new", str(project.with_name("hello")), "--defaults"]
    subprocess.run([*start, "--no-check", "--no-git"], check=True, capture_output=True)
    project.with_name("hello").rename(project)
    files = [path for path in project.rglob("*") if path.is_file()]
    for file in files:
        # What a file says between braces is not meant for cookiecutter; the name is.
        text = file.read_text("utf-8").replace("{", "(").replace("}", ")")
        file.write_text(text.replace("hello", "{{ cookiecutter.project_name }}"), "utf-8")
    (folder / "cookiecutter.json").write_text('{"project_name": "hello"}', "utf-8")
    return len(files)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    start_up = medians(
        {
            'python -c "import click"': python("import click"),
            "modwright --help": modwright("--help"),
            "modwright new --help": modwright("new", "--help"),
        },
        rounds,
    )
    print_ratios("Start-up", start_up, {"modwright --help": 1.3})

    with TemporaryDirectory() as folder:
        files = cookiecutter_template(Path(folder))
        quick, full = "modwright new, no check, no commit", "modwright new, checked and committed"
        times = medians(
            {
                "copier copy": bare_copier,
                quick: modwright("new", "hello", "--defaults", "--no-check", "--no-git"),
                full: modwright("new", "hello", "--defaults"),
                "cookiecutter": cookiecutter(Path(folder)),
                'python -c "import copier"': python("import copier"),
            },
            rounds,
        )
        print_ratios(f"A project of {files} files", times, {quick: 0.85, full: 2.0})


if __name__ == "__main__":
    main()
