"""`modwright check`: what is printed where, and the exit code."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import OnTerminal
from tests.conftest import MakeProject, Run, ends

BROKEN = {"pkg/__init__.py": "", "pkg/bad.py": "raise ValueError('[red]\\x1b[31m été \\U0001f40d')"}
COLOURS = re.compile(r"\x1b\[[\d;]*(3|4|9|10)\d")


def test_a_clean_project_ends_with_0_and_one_line(run: Run, make_project: MakeProject) -> None:
    finished = run("check", make_project({"pkg/__init__.py": ""}))
    assert finished.returncode == 0
    [line] = finished.stdout.splitlines()
    assert line.startswith("1 module imports cleanly: sample 1 on Python")
    assert "\x1b" not in finished.stdout + finished.stderr


@pytest.mark.full
def test_verbose_shows_a_table_of_the_modules(run: Run, make_project: MakeProject) -> None:
    finished = run("check", "-v", make_project({"pkg/__init__.py": ""}))
    assert finished.returncode == 0
    assert re.search(r"^ *pkg +ok +\d+\.\d +\d+\.\d *$", finished.stdout, re.MULTILINE)
    assert "1 module imports cleanly: sample 1 on Python" in finished.stdout
    assert "\x1b" not in finished.stdout + finished.stderr


def test_a_broken_project_ends_with_1_and_says_where(run: Run, make_project: MakeProject) -> None:
    finished = run("check", make_project(BROKEN))
    assert finished.returncode == 1
    assert "src/pkg/bad.py:1: error: MW101 pkg.bad: raises ValueError: [red]" in finished.stdout
    assert "\x1b" not in finished.stdout + finished.stderr


def test_json_is_all_that_stdout_holds(run: Run, make_project: MakeProject) -> None:
    finished = run("check", make_project(BROKEN), "--format", "json")
    assert finished.returncode == 1
    report = json.loads(finished.stdout)
    assert report["summary"] | {"seconds": 0} == {
        "modules": 2,
        "errors": 1,
        "warnings": 0,
        "seconds": 0,
        "infos": 0,
        "imported": 1,
    }
    assert [module["status"] for module in report["modules"]] == ["ok", "error"]
    [finding] = report["findings"]
    assert (finding["code"], finding["file"], finding["line"]) == ("MW101", "src/pkg/bad.py", 1)
    assert "été \N{SNAKE}" in finding["message"]


def test_a_project_that_cannot_be_built_ends_with_4_and_one_line(
    run: Run, make_project: MakeProject
) -> None:
    project = make_project({}, metadata="Requires-Dist: absent @ file:///nowhere/absent-1.whl\n")
    for form in ("text", "json"):
        finished = run("check", project, "--format", form)
        assert finished.returncode == 4
        assert finished.stdout == ""
        complaints = [s for s in finished.stderr.splitlines() if s.startswith("modwright:")]
        assert len(complaints) == 1
        assert "Traceback" not in finished.stderr


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--select", "MW5,MW599"], "--select: MW599: no such code. Did you mean MW5"),
        (["--ignore", "mw501"], "--ignore: mw501: no such code. Did you mean MW501?"),
        (["--ignore", ""], "--ignore: '': no such code."),
        (["--time-limit", "0"], "--time-limit: expected more than 0 seconds"),
        (["--time-limit", "nan"], "--time-limit: expected more than 0 seconds"),
        (["--time-limit", "soon"], "'soon' is not a valid float."),
        (["--python", ""], "--python : not a version of Python."),
        (["--python=--system"], "--python --system: not a version of Python."),
        (["--resolution", "newest"], "'newest' is not one of 'highest', 'lowest',"),
        (["--isolation", "none"], "'none' is not one of 'tree', 'fresh'."),
        (["--shard", "0/3"], "--shard 0/3: expected I/N with I from 1 to N, such as 2/5."),
        (["--shard", "4/3"], "--shard 4/3: expected I/N"),
        (["--shard", "a/b"], "--shard a/b: expected I/N"),
        (["--shard", "1/0"], "--shard 1/0: expected I/N"),
        (["--shard", ""], "--shard : expected I/N"),
    ],
)
def test_options_that_cannot_be_meant_are_refused_before_anything_is_built(
    options: list[str], complaint: str, run: Run
) -> None:
    finished = run("check", "there is no such project", *options)
    assert finished.returncode == 2
    assert finished.stdout == ""
    [told] = finished.stderr.splitlines()
    assert told.startswith("modwright: error: ")
    assert complaint in told


def test_a_configuration_that_cannot_be_meant_is_refused_before_anything_is_built(
    run: Run, make_project: MakeProject
) -> None:
    project = make_project(BROKEN, pyproject="[tool.modwright.check]\nselct = ['MW1']\n")
    (project / "back_end.py").unlink()
    finished = run("check", project)
    assert finished.returncode == 2
    assert finished.stdout == ""
    assert finished.stderr.splitlines()[-1] == (
        "modwright: error: pyproject.toml: [tool.modwright.check] selct: no such key. "
        "Did you mean select?"
    )


@pytest.mark.full
@pytest.mark.parametrize(
    ("options", "pyproject", "exit_code"),
    [
        (["--ignore", "MW1"], "", 0),
        (["--select", "MW2,MW5"], "", 0),
        (["--select", "MW2", "--select", "MW101"], "", 1),
        ([], "ignore = ['MW101']", 0),
        (["--select", "MW101"], "select = ['MW5']", 1),
        (["--ignore", "MW101"], "select = ['MW1']", 0),
        ([], "per-module-ignores = {'pkg.b*' = ['MW1']}", 0),
        ([], "per-module-ignores = {'pkg' = ['MW1']}", 1),
    ],
)
def test_what_is_not_selected_is_not_an_error(
    options: list[str], pyproject: str, exit_code: int, run: Run, make_project: MakeProject
) -> None:
    project = make_project(BROKEN, pyproject=f"[tool.modwright.check]\n{pyproject}\n")
    finished = run("check", project, *options)
    assert finished.returncode == exit_code, finished.stderr
    assert ("MW101" in finished.stdout) == (exit_code == 1)


def test_a_comment_on_the_line_ignores_a_finding(run: Run, make_project: MakeProject) -> None:
    source = "raise ValueError(  # modwright: ignore[MW101] only on Tuesdays\n    'no'\n)\n"
    assert run("check", make_project({"bad.py": source})).returncode == 0


@pytest.mark.full
def test_a_comment_that_ignores_an_unknown_code_is_told(
    run: Run, make_project: MakeProject
) -> None:
    finished = run("check", make_project({"bad.py": "raise ValueError  # modwright: ignore[MW10]"}))
    assert finished.returncode == 2
    assert "src/bad.py:1: MW10: no such code. Did you mean MW10" in finished.stderr


@pytest.mark.parametrize(("options", "exit_code"), [([], 0), (["--strict"], 1)])
def test_a_warning_is_an_error_when_one_is_strict(
    options: list[str], exit_code: int, run: Run, make_project: MakeProject
) -> None:
    project = make_project({"noisy.py": "print('Welcome to the shop')"})
    finished = run("check", project, "--select", "MW501", "--format", "json", *options)
    assert finished.returncode == exit_code
    [finding] = json.loads(finished.stdout)["findings"]
    assert (finding["code"], finding["severity"]) == ("MW501", "warning")


@pytest.mark.full
def test_other_conditions_are_left_out_when_nobody_wants_them(
    run: Run, make_project: MakeProject
) -> None:
    project = make_project({"pkg/__init__.py": "stop = exit"})
    assert "MW713" in run("check", str(project)).stdout
    assert "MW713" not in run("check", str(project), "--no-strains").stdout


@pytest.mark.full
@pytest.mark.parametrize("options", [["--time-limit", "0.5"], []], ids=["option", "table"])
def test_the_time_limit_is_that_of_the_option_then_of_the_project(
    options: list[str], run: Run, make_project: MakeProject
) -> None:
    seconds = "30" if options else "0.5"
    project = make_project(
        {"hangs.py": "import time; time.sleep(600)"},
        pyproject=f"[tool.modwright.check]\ntime-limit = {seconds}\n",
    )
    finished = run("check", project, *options)
    assert finished.returncode == 1
    assert "MW104 hangs: does not finish importing within 0.5 s" in finished.stdout


@pytest.mark.full
@pytest.mark.parametrize("form", ["json", "github", "junit", "sarif", "html"])
def test_a_report_for_programs_is_all_that_stdout_holds(
    form: str, run: Run, make_project: MakeProject
) -> None:
    finished = run("check", make_project(BROKEN), "--format", form)
    assert finished.returncode == 1
    assert "MW101" in finished.stdout
    assert "Checking: " not in finished.stdout
    assert finished.stdout[0] in "{:<"


@pytest.mark.full
def test_the_folder_that_one_is_in_is_the_project(
    run: Run, make_project: MakeProject, tmp_path: Path
) -> None:
    make_project({"pkg/__init__.py": ""}).rename(tmp_path / "moved")
    for file in (tmp_path / "moved").iterdir():
        file.rename(tmp_path / file.name)
    assert run("check").returncode == 0


@pytest.mark.full
def test_a_stdout_that_knows_no_snakes_gets_the_report_all_the_same(
    run: Run, make_project: MakeProject
) -> None:
    finished = run("check", make_project(BROKEN), env={"PYTHONIOENCODING": "ascii"})
    assert finished.returncode == 1, finished.stderr
    assert "MW101 pkg.bad" in finished.stdout


def test_progress_is_a_line_a_step_when_it_is_piped(run: Run, make_project: MakeProject) -> None:
    finished = run("check", make_project({"pkg/__init__.py": ""}))
    steps = finished.stderr.splitlines()
    assert len(steps) == len(set(steps)) >= 3
    assert all(step.startswith("Checking: ") for step in steps)


@pytest.mark.full
def test_a_terminal_gets_colours_unless_they_are_not_wanted(
    on_terminal: OnTerminal, make_project: MakeProject
) -> None:
    project = str(make_project(BROKEN))
    code, screen = on_terminal("check", project)
    assert code == 1
    assert COLOURS.search(screen)
    code, screen = on_terminal("check", project, NO_COLOR="1")
    assert code == 1
    assert not COLOURS.search(screen)
    assert "MW101 pkg.bad" in re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", screen)


INTERRUPTED = ["modwright: error: interrupted"]


# A module or back end writes here that it runs, and then does not end.
HANG = "import os, time; open({started!r}, 'w').write(str(os.getpid())); time.sleep(600)"


def importing(make_project: MakeProject, hang: str) -> Path:
    return make_project({"hangs.py": hang})


def answering(make_project: MakeProject, hang: str) -> Path:
    """Make a project with two entry points whose attributes take for ever to look up."""
    lazy = f"def __getattr__(name):\n    {hang}\n"
    entry_points = '[project.entry-points.x]\na = "a:x"\nb = "b:x"\n'
    project = make_project({"a.py": lazy, "b.py": lazy}, pyproject=entry_points)
    back_end = project / "back_end.py"
    metadata = 'wheel.writestr(f"{info}/entry_points.txt", "[x]\\na = a:x\\nb = b:x\\n")\n'
    text = back_end.read_text("utf-8")
    line = '        wheel.writestr(f"{info}/RECORD"'
    back_end.write_text(text.replace(line, f"        {metadata}{line}"), "utf-8")
    return project


def building(make_project: MakeProject, hang: str) -> Path:
    project = make_project({"fine.py": ""})
    (project / "back_end.py").write_text(f"def build_sdist(*_):\n    {hang}\n", "utf-8")
    return project


SIGNALS = [("SIGTERM", 143, []), ("SIGINT", 130, INTERRUPTED), ("SIGHUP", 129, [])]
STEPS = {"building": building, "importing": importing, "answering": answering}


# Each signal at a step of its own, and with the full part at all of them.
@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals for others")
@pytest.mark.parametrize(
    ("number", "exit_code", "told", "step"),
    [
        pytest.param(
            *signalled,
            step,
            marks=[pytest.mark.full] * (number != place),
            id=f"{signalled[0]}-{name}",
        )
        for number, signalled in enumerate(SIGNALS)
        for place, (name, step) in enumerate(STEPS.items())
    ],
)
def test_a_signal_ends_the_check_without_waiting_for_what_hangs(
    number: str,
    exit_code: int,
    told: list[str],
    step: Callable[[MakeProject, str], Path],
    make_project: MakeProject,
    tmp_path: Path,
) -> None:
    (temporary := tmp_path / "temporary").mkdir()
    started = tmp_path / "started"
    project = step(make_project, HANG.format(started=str(started)))
    process = subprocess.Popen(
        [sys.executable, "-m", "modwright", "check", project, "--time-limit", "500"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    while not (started.exists() and started.read_text("utf-8")) and process.poll() is None:
        time.sleep(0.01)
    for _ in range(2):  # as a shell does whose terminal is gone, and who is in a hurry
        process.send_signal(getattr(signal, number))
    try:
        stdout, stderr = process.communicate(timeout=20)  # much less than the limit of what hangs
    finally:
        process.kill()
    assert process.returncode == exit_code
    assert stdout == ""
    said = [line for line in stderr.splitlines() if line and not line.startswith("Checking: ")]
    assert said == told
    assert list(temporary.iterdir()) == []
    assert ends(int(started.read_text("utf-8")))


@pytest.mark.full
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process adopt orphans")
def test_what_hides_from_the_check_ends_with_it_all_the_same(
    run: Run, make_project: MakeProject, tmp_path: Path
) -> None:
    started = tmp_path / "started"
    hides = (
        "import subprocess\n"
        "hidden = subprocess.Popen(['/bin/sleep', '600'], env={}, start_new_session=True)\n"
        f"open({str(started)!r}, 'a').write(f'{{hidden.pid}} ')\n"
    )
    back_end = (
        "def build_sdist(*_):\n    " + hides.replace("\n", "\n    ") + "raise SystemExit(1)\n"
    )
    project = make_project({"one.py": hides, "two.py": hides, "fine.py": ""})
    assert run("check", project).returncode == 0
    (project / "back_end.py").write_text(back_end, "utf-8")
    with (project / "pyproject.toml").open("a", encoding="utf-8") as pyproject:
        pyproject.write("[tool.modwright.check]\nbuild-time-limit = 4\n")  # uv waits for it
    assert run("check", project).returncode == 4
    hidden = [int(process) for process in started.read_text("utf-8").split()]
    assert len(hidden) > 2
    assert all(ends(process) for process in hidden)


@pytest.mark.full
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such jobs")
def test_what_is_found_is_the_same_in_the_background_where_a_shell_has_ctrl_c_ignored(
    run: Run, make_project: MakeProject
) -> None:
    ignores = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    background = ("sh", "-c", 'trap "" INT; exec "$@"', "sh")
    finished = run("check", make_project({"pkg/__init__.py": ignores}), under=background)
    assert "src/pkg/__init__.py:2: warning: MW508" in finished.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has unshare")
def test_a_project_that_needs_no_download_is_checked_without_a_network(
    run: Run, make_project: MakeProject
) -> None:
    offline = ("unshare", "--map-root-user", "--net")
    if subprocess.run([*offline, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this user may not take the network away from a process")
    assert run("check", make_project({"pkg/__init__.py": ""}), under=offline).returncode == 0
    project = make_project({"pkg/__init__.py": ""}, metadata="Requires-Dist: no-such-thing>=1\n")
    finished = run("check", project, under=offline, env={"UV_HTTP_RETRIES": "0"})
    assert finished.returncode == 4
    assert "no-such-thing" in finished.stderr.splitlines()[-1]
