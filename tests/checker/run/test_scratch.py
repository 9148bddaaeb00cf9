"""The folder of a check is removed as a whole, whenever the check is ended."""

import os
import subprocess
import sys
from pathlib import Path

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
