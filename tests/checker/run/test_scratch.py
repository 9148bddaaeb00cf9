"""The folder of a check is removed as a whole, whenever the check is ended."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from modwright_check.run.scratch import LOCK

# The signal comes when the first of many files is gone.
ENDED_WHILE_IT_CLEANS_UP = """
import os, signal, threading, time
from modwright_check.run.scratch import scratch_folder
from modwright_check.system.signals import raise_on_signals

def interrupt(folder, files):
    while len(os.listdir(folder)) == files:
        time.sleep(0.001)
    os.kill(os.getpid(), signal.SIGINT)

raise_on_signals()
with scratch_folder(lambda *_: None) as folder:
    for number in range(5000):
        (folder / f"{number}.txt").touch()
    threading.Thread(target=interrupt, args=[folder, len(os.listdir(folder))]).start()
"""


def test_ctrl_c_while_the_folder_is_removed_leaves_nothing(tmp_path: Path) -> None:
    finished = subprocess.run(
        [sys.executable, "-c", ENDED_WHILE_IT_CLEANS_UP],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert finished.stderr.splitlines()[-1] == "KeyboardInterrupt"
    assert list(tmp_path.iterdir()) == []


# The kill comes when nothing but the last of many folders is there, and the lock.
KILLED_WHILE_IT_CLEANS_UP = """
import os, signal, sys
from modwright_check.run.scratch import scratch_folder

folders = [f"{number}" for number in range(50)]

def hear(event, arguments):
    if event == "os.rmdir" and folders.pop() == "0":
        os.kill(os.getpid(), signal.SIGKILL)

with scratch_folder(lambda *_: None) as folder:
    for name in folders:
        (folder / name).mkdir()
    sys.addaudithook(hear)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_of_a_folder_whose_removal_was_killed_the_next_check_removes_the_rest(
    tmp_path: Path,
) -> None:
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    killed = subprocess.run([sys.executable, "-c", KILLED_WHILE_IT_CLEANS_UP], env=env, check=False)
    assert killed.returncode == -signal.SIGKILL
    [left] = tmp_path.iterdir()
    assert (left / LOCK).is_file()
    again = """
from modwright_check.run.scratch import scratch_folder
with scratch_folder(lambda *_: None):
    pass
"""
    subprocess.run([sys.executable, "-c", again], env=env, check=True)
    assert list(tmp_path.iterdir()) == []
