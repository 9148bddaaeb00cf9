import subprocess
import sys
from pathlib import Path

COPIED = ["worker.py", "jobs.py"]


def text() -> str:
    return Path(__file__).with_name("worker.py").read_text(encoding="utf-8")


def keep() -> None:
    subprocess.run(["git", "add", "worker.py"], check=True)
    subprocess.run([sys.executable, "-m", "tidy", "worker.py"], check=True)
