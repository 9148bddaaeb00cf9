"""Programs of which the kernel lets no more start than there may be."""

import os
import signal
import subprocess
import sys

import pytest

from modwright_check.system.cgroup import cgroup

FORKS = """
import os, time
refused = 0
for _ in range(30):
    try:
        if os.fork() == 0: time.sleep(60)
    except OSError: refused += 1
print(refused, flush=True)
time.sleep(60)
"""
IS_KILLED = """
import os
from modwright_check.system.cgroup import cgroup
with cgroup(10):
    os.kill(os.getpid(), 9)
"""
IS_KILLED_WHILE_ONE_OF_THREE_HOLDS_ANOTHER = """
import os, subprocess
from modwright_check.system.cgroup import cgroup
with cgroup(10), cgroup(10) as group, cgroup(10):
    another = subprocess.Popen(group.holding(["sh", "-c", "echo; exec sleep 60"]), stdout=-1)
    another.stdout.readline()
    print(another.pid, flush=True)
    os.kill(os.getpid(), 9)
"""
MAKES_A_GROUP = """
from modwright_check.system.cgroup import cgroup
with cgroup(10): pass
"""


def groups_of(process: int) -> list[str]:
    """Return the groups that a process has made; other tests make some meanwhile."""
    return [
        name
        for _, names, _ in os.walk("/sys/fs/cgroup")
        for name in names
        if name.startswith(f"modwright-{process}-")
    ]


@pytest.fixture(autouse=True)
def _where_one_can_be_made() -> None:
    with cgroup(10) as group:
        if group is None:
            pytest.skip("no control group can be made here")


def test_no_more_processes_start_than_a_group_may_hold() -> None:
    with cgroup(10) as group:
        assert group
        assert not group.was_full
        command = group.holding([sys.executable, "-c", FORKS])
        process = subprocess.Popen(command, stdout=subprocess.PIPE, process_group=0)
        assert process.stdout
        assert int(process.stdout.readline()) == 30 - 9
        assert group.was_full
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()


def test_a_program_in_a_group_has_its_own_environment_number_and_exit_code() -> None:
    shown = "import os, sys; print(os.environ.keys() - {'_', 'LC_CTYPE'}, os.getpid()); sys.exit(7)"
    with cgroup(10) as group:
        assert group
        command = group.holding([sys.executable, "-I", "-c", shown])
        process = subprocess.Popen(command, env={"A": "1"}, stdout=subprocess.PIPE, text=True)
        assert process.communicate()[0] == f"{{'A'}} {process.pid}\n"
        assert process.returncode == 7


def test_nothing_is_left_of_a_group() -> None:
    before = groups_of(os.getpid())
    with cgroup(10):
        assert len(groups_of(os.getpid())) == len(before) + 1
    assert groups_of(os.getpid()) == before


def test_what_a_killed_program_has_left_is_removed_by_the_next_one() -> None:
    killed, _ = ran(IS_KILLED)
    ran(MAKES_A_GROUP)
    assert groups_of(killed) == []


def test_a_group_that_still_holds_a_process_does_not_keep_others_from_being_removed() -> None:
    killed, printed = ran(IS_KILLED_WHILE_ONE_OF_THREE_HOLDS_ANOTHER)
    ran(MAKES_A_GROUP)
    assert len(groups_of(killed)) == 1
    os.kill(int(printed), signal.SIGKILL)


def ran(code: str) -> tuple[int, str]:
    """Return the number of the process that has run code, and what it has printed."""
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    printed, _ = process.communicate()
    return process.pid, printed
