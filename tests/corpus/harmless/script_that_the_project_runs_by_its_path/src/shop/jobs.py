import subprocess
import sys
from pathlib import Path


def start() -> None:
    script = Path(__file__).with_name("worker.py")
    subprocess.run([sys.executable, str(script)], check=True)
