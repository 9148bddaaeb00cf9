"""A kit on a learner's computer: each start ends in one line that a beginner understands."""

import ensurepip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from modwright.kits.begin.code import decode
from tests.conftest import PATIENCE, ReadOnly
from tests.kits.conftest import HERE, Kit, MakeKit, MakeWheel
from tests.template.pythons import PYTHONS, is_here

LEAVES_A_PROCESS = """
import subprocess, sys
process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
with open({left!r}, "w") as file:
    file.write(str(process.pid))
"""
IS_ROOT = os.name != "nt" and os.geteuid() == 0


def code(line: str) -> str:
    return line.rpartition(" ")[2]


def edit_manifest(kit: Kit, **changes: object) -> None:
    file = kit.root / "kit-files" / "kit.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | changes), "utf-8")


def test_a_kit_is_ready_whatever_its_folder_is_called_and_fast_the_second_time(
    make_kit: MakeKit,
) -> None:
    kit = make_kit()
    first = kit.start()
    line = first.stdout.splitlines()[-1]
    assert line.startswith("Ready. Your code: ")
    assert "Installing" in first.stdout
    ready = decode(code(line))
    assert ready.all_works
    assert f"3.{ready.python}" == HERE
    assert ready.environment == "beside the project"
    assert kit.runs() == "hello\n"
    again = kit.start()
    assert again.stdout.splitlines()[-1] == line
    assert "Installing" not in again.stdout


def test_a_kit_that_was_moved_is_made_anew(make_kit: MakeKit) -> None:
    kit = make_kit()
    kit.last_line()
    moved = Kit(kit.root.parent / "elsewhere's")
    kit.root.rename(moved.root)
    assert moved.last_line().startswith("Ready.")
    assert moved.runs() == "hello\n"


def test_what_was_found_is_written_down_for_whoever_collects_it(make_kit: MakeKit) -> None:
    kit = make_kit()
    line = kit.last_line()
    told = json.loads((kit.project / ".modwright-kit.json").read_text("utf-8"))
    assert told["code"] == code(line)
    assert Path(told["python"]).exists()


def test_a_damaged_or_a_missing_file_is_named(make_kit: MakeKit) -> None:
    kit = make_kit()
    [wheel] = kit.wheels
    content = wheel.read_bytes()
    wheel.write_bytes(content[:-1] + b"?")
    line = kit.last_line()
    assert f"Not ready. The file {wheel.name} is damaged. Unpack the whole zip once more" in line
    assert decode(code(line)).environment == "none"
    wheel.unlink()
    assert f"Not ready. The file {wheel.name} is missing." in kit.last_line()
    wheel.write_bytes(content)
    assert kit.last_line().startswith("Ready.")


def test_a_kit_without_its_files_asks_for_the_whole_of_it(make_kit: MakeKit) -> None:
    kit = make_kit()
    shutil.rmtree(kit.project)
    assert "Unpack the whole zip" in kit.last_line()
    shutil.rmtree(kit.root / "kit-files")
    assert "Unpack the whole zip" in kit.last_line()


def test_an_environment_of_somebody_else_is_put_aside_and_not_deleted(make_kit: MakeKit) -> None:
    kit = make_kit()
    (kit.project / ".venv").mkdir()
    (kit.project / ".venv" / "mine.txt").write_text("precious", "utf-8")
    assert kit.last_line().startswith("Ready.")
    assert (kit.project / ".venv-before-1" / "mine.txt").read_text("utf-8") == "precious"


def test_an_environment_that_was_hardly_begun_is_nobodys(make_kit: MakeKit) -> None:
    kit = make_kit()
    (kit.project / ".venv").mkdir()
    assert kit.last_line().startswith("Ready.")
    assert not (kit.project / ".venv-before-1").exists()


def test_settings_of_the_user_change_nothing(make_kit: MakeKit) -> None:
    kit = make_kit()
    env = {
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "http_proxy": "http://127.0.0.1:9",
        "UV_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PYTHONPATH": str(kit.project / "src" / "small"),
        "PYTHONSTARTUP": "nowhere.py",
        "VIRTUAL_ENV": "/nowhere",
    }
    assert kit.last_line(env=env).startswith("Ready.")


def test_a_module_that_does_not_import_is_named_with_its_reason(make_kit: MakeKit) -> None:
    kit = make_kit({"src/small/broken.py": "import nowhere_to_be_found\n"})
    line = kit.last_line()
    assert "small.broken cannot be imported: ModuleNotFoundError: No module named" in line
    ready = decode(code(line))
    assert (ready.imports, ready.test, ready.all_works) == (False, True, False)


def test_a_module_that_prints_or_ends_python_keeps_nothing_from_being_told(
    make_kit: MakeKit,
) -> None:
    kit = make_kit(
        {"src/small/loud.py": "print('loud')\n", "src/small/rude.py": "raise SystemExit"}
    )
    line = kit.last_line()
    assert "small.rude cannot be imported: SystemExit" in line
    assert "loud" not in line


def test_without_a_folder_for_sources_no_program_beside_the_packages_is_run(
    make_kit: MakeKit,
) -> None:
    kit = make_kit(
        {
            "src/small/__init__.py": "",
            "setup.py": "raise SystemExit('a program')\n",
            "tests/__init__.py": "raise SystemExit('a test')\n",
            "flat/__init__.py": "",
            "flat/__main__.py": "raise SystemExit('a program')\n",
            "flat/inner/deep.py": "raise SystemExit('imported')\n",
        }
    )
    shutil.rmtree(kit.project / "src")
    assert "flat.inner.deep cannot be imported: SystemExit: imported." in kit.last_line()


def test_a_module_that_kills_python_is_named(make_kit: MakeKit) -> None:
    kit = make_kit({"src/small/rude.py": "import os\nos.abort()\n", "src/small/z.py": ""})
    assert "small.rude cannot be imported: it ends Python, exit code" in kit.last_line()


def test_what_a_module_leaves_running_is_not_waited_for(make_kit: MakeKit, tmp_path: Path) -> None:
    left = tmp_path / "left"
    kit = make_kit({"src/small/slow.py": LEAVES_A_PROCESS.format(left=str(left))})
    assert kit.last_line().startswith("Ready.")
    os.kill(int(left.read_text("utf-8")), signal.SIGTERM)  # it was there still


def test_a_project_file_that_cannot_be_read_is_told_in_a_line(make_kit: MakeKit) -> None:
    kit = make_kit()
    (kit.project / "pyproject.toml").write_text("[project", "utf-8")
    assert kit.last_line().startswith("Not ready. TOMLDecodeError: ")


def test_a_disk_without_room_is_told_before_anything_is_written(make_kit: MakeKit) -> None:
    kit = make_kit()
    targets = json.loads((kit.root / "kit-files" / "kit.json").read_text("utf-8"))["targets"]
    for pythons in targets.values():
        pythons[HERE]["size"] = 1 << 60
    edit_manifest(kit, targets=targets)
    assert "Not ready. The disk is full:" in kit.last_line()
    assert not (kit.project / ".venv").exists()


def test_a_folder_that_cannot_be_written_to_is_to_be_copied(
    make_kit: MakeKit, read_only: ReadOnly
) -> None:
    kit = make_kit()
    with read_only(kit.project):
        assert "Copy that folder to your home folder or desktop" in kit.last_line()


@pytest.mark.skipif(os.name == "nt", reason="links are made and asked for otherwise there")
def test_where_the_environment_cannot_lie_it_goes_to_the_users_own_folder(
    make_kit: MakeKit, tmp_path: Path
) -> None:
    kit = make_kit(into="OneDrive - School")
    started = kit.start()
    line = started.stdout.splitlines()[-1]
    assert "OneDrive would copy each of its files" in started.stdout
    assert decode(code(line)).environment == "in the user's data folder"
    told = json.loads((kit.project / ".modwright-kit.json").read_text("utf-8"))
    assert Path(told["environment"]).is_relative_to(tmp_path / "data")
    assert not (kit.project / ".venv").exists()
    assert "Installing" not in kit.start().stdout


def test_a_python_that_the_kit_is_not_for_is_told_with_what_to_take(
    make_kit: MakeKit, tmp_path: Path
) -> None:
    kit = make_kit()
    edit_manifest(kit, pythons=["3.99"])
    bare = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}  # few other Pythons to be looked at
    line = kit.last_line(env=bare)
    assert f"needs Python 3.99 (64 bits), and there is only {HERE}" in line
    assert "Install Python 3.99, and start again." in line
    (kit.root / "installers").mkdir()
    (kit.root / "installers" / "python-3.99.exe").touch()
    assert "of the folder installers (python-3.99.exe)" in kit.last_line(env=bare)


def test_another_platform_is_told(make_kit: MakeKit) -> None:
    kit = make_kit()
    edit_manifest(kit, targets={"amiga": {}})
    assert "Not ready. This kit is for amiga, and this computer is " in kit.last_line()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems are old in other ways")
def test_a_system_that_is_too_old_is_told(make_kit: MakeKit) -> None:
    kit = make_kit()
    file = kit.root / "kit-files" / "begin" / "kit.py"
    file.write_text(file.read_text("utf-8").replace("GLIBC = (2, 28)", "GLIBC = (2, 99)"), "utf-8")
    assert "for Linux with glibc 2.99 or newer, and this is 2." in kit.last_line()


def test_a_wheel_that_wants_to_lie_elsewhere_is_refused(
    make_kit: MakeKit, make_wheel: MakeWheel, tmp_path: Path
) -> None:
    wheel = make_wheel("evil", {"../../../../../../evil.py": "", "evil/__init__.py": ""})
    assert "lies outside of it" in make_kit(wheels=(wheel,)).last_line()
    assert list(tmp_path.rglob("evil.py")) == []


def test_two_starts_at_once_are_both_ready(make_kit: MakeKit) -> None:
    kit = make_kit()
    both = [
        subprocess.Popen(kit.command(), stdout=subprocess.PIPE, text=True, encoding="utf-8")
        for _ in range(2)
    ]
    lines = [process.communicate(timeout=PATIENCE)[0].splitlines()[-1] for process in both]
    assert all(line.startswith("Ready.") for line in lines)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize(
    "seconds",
    [
        0.15,
        *(pytest.param(moment, marks=pytest.mark.full) for moment in (0.05, 0.1, 0.2, 0.3, 0.5)),
    ],
)
def test_a_start_that_was_killed_is_mended_by_the_next_one(
    seconds: float, make_kit: MakeKit
) -> None:
    kit = make_kit()
    process = subprocess.Popen(
        kit.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert kit.last_line().startswith("Ready.")
    assert kit.runs() == "hello\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_ctrl_c_ends_it_in_a_line(make_kit: MakeKit) -> None:
    kit = make_kit({"src/small/slow.py": "import time\ntime.sleep(600)\n"})
    process = subprocess.Popen(
        kit.command(), stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout
    assert any("Importing" in line for line in iter(process.stdout.readline, ""))
    os.killpg(process.pid, signal.SIGINT)
    rest = process.communicate(timeout=PATIENCE)[0]
    assert rest.splitlines()[-1].startswith("Not ready. It was interrupted. Start again."), rest


@pytest.mark.skipif(os.name == "nt", reason="the starter for Windows is another one")
def test_the_starter_for_a_double_click_starts_it(make_kit: MakeKit) -> None:
    kit = make_kit()
    for starter in ("start.sh", "start.command"):
        finished = subprocess.run(
            ["sh", kit.root / starter], check=False, capture_output=True, text=True, cwd="/"
        )
        assert finished.stdout.splitlines()[-1].startswith("Ready."), finished
    alone = kit.root.parent / "only the starter"
    alone.mkdir()
    shutil.copy(kit.root / "start.sh", alone)
    finished = subprocess.run(
        ["sh", alone / "start.sh"], check=False, capture_output=True, text=True
    )
    assert finished.stdout.startswith("Not ready. Unpack the whole zip")


@pytest.mark.full
@pytest.mark.parametrize("python", PYTHONS)
def test_a_kit_is_ready_on_every_python(python: str, make_kit: MakeKit) -> None:
    if not is_here(python):
        pytest.skip(f"there is no Python {python} here")
    kit = make_kit(pythons=(python,))
    assert decode(code(kit.last_line())).python == int(python.partition(".")[2])


@pytest.mark.full
@pytest.mark.parametrize("old", ["python2.7", "python3.6", "python3.8"])
def test_an_old_python_finds_a_newer_one(old: str, make_kit: MakeKit) -> None:
    python = shutil.which(old)
    if (
        python is None
        or subprocess.run([python, "-V"], check=False, capture_output=True).returncode
    ):
        pytest.skip(f"there is no {old} here")
    path = os.pathsep.join([str(Path(sys.executable).resolve().parent), os.environ["PATH"]])
    assert make_kit(pythons=(HERE,)).last_line(python, env={"PATH": path}).startswith("Ready.")


@pytest.mark.full
@pytest.mark.skipif(not IS_ROOT, reason="a disk can be mounted by root alone")
def test_a_disk_that_fills_up_is_told_in_a_line(
    make_kit: MakeKit, make_wheel: MakeWheel, tmp_path: Path
) -> None:
    large = make_wheel("large", {f"large/n{number}.txt": "x" * 500_000 for number in range(20)})
    kit = make_kit(wheels=(large,))
    # Neither told beforehand nor looked at: somebody else fills the disk in the meantime.
    file = kit.root / "kit-files" / "begin" / "place.py"
    file.write_text(file.read_text("utf-8").replace("ROOM_TO_WORK = 64 << 20", "ROOM_TO_WORK = 0"))
    targets = json.loads((kit.root / "kit-files" / "kit.json").read_text("utf-8"))["targets"]
    for pythons in targets.values():
        pythons[HERE]["size"] = 0
    edit_manifest(kit, targets=targets)
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], check=True)
    try:
        small = Kit(disk / "kit")
        shutil.copytree(kit.root, small.root)
        assert small.last_line().startswith("Not ready. The disk is full.")
        subprocess.run(["mount", "-o", "remount,size=200m", disk], check=True)
        assert small.last_line().startswith("Ready.")
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.full
@pytest.mark.skipif(not IS_ROOT, reason="a folder can be hidden by root alone")
def test_a_python_without_ensurepip_and_venvs_own_installer_will_do(
    make_kit: MakeKit, tmp_path: Path
) -> None:
    kit = make_kit()
    hidden = Path(ensurepip.__file__).parent
    (tmp_path / "nothing").mkdir()
    script = 'mount --bind "$1" "$2" && exec "$3" "$4"'
    arguments: list[str | Path] = [
        tmp_path / "nothing",
        hidden,
        sys.executable,
        kit.root / "start.py",
    ]
    finished = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, "sh", *arguments],
        check=False,
        capture_output=True,
        text=True,
    )
    assert finished.stdout.splitlines()[-1].startswith("Ready."), finished


@pytest.mark.full
@pytest.mark.skipif(not IS_ROOT or not shutil.which("mkfs.vfat"), reason="no FAT to be had here")
def test_a_disk_without_links_is_told_and_the_environment_lies_elsewhere(
    make_kit: MakeKit, tmp_path: Path
) -> None:
    kit = make_kit()
    image, disk = tmp_path / "image", tmp_path / "stick"
    disk.mkdir()
    with image.open("wb") as file:
        file.truncate(40 << 20)
    subprocess.run(["mkfs.vfat", image], check=True, capture_output=True)
    mounted = subprocess.run(["mount", "-o", "loop,utf8", image, disk], check=False)
    if mounted.returncode:
        pytest.skip("no loop devices here")
    try:
        on_stick = Kit(disk / "kit")
        shutil.copytree(kit.root, on_stick.root)
        assert decode(code(on_stick.last_line())).environment == "in the user's data folder"
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.full
@pytest.mark.skipif(os.name == "nt", reason="Windows has an end to paths")
def test_a_long_path_will_do(make_kit: MakeKit) -> None:
    kit = make_kit(into="/".join(["a long name " * 6] * 4))
    assert kit.last_line().startswith("Ready.")
    assert kit.runs() == "hello\n"
