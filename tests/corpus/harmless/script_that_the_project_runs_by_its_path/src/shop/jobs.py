import subprocess
import sys
from pathlib import Path

from shop.places import COUNTER, sorter


def start() -> None:
    script = Path(__file__).with_name("worker.py")
    subprocess.run([sys.executable, str(script)], check=True)


def count() -> None:
    command = [sys.executable, "-u"]
    command.append(str(COUNTER))
    _run(command)


def sort() -> None:
    with subprocess.Popen([str(sorter())]) as process:
        process.wait()


def task() -> str:
    return "python -u src/shop/printer.py --all"


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True)
