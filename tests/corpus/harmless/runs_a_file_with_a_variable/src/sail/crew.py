import os
import subprocess
import sys
from pathlib import Path


def steer(course: str) -> None:
    file = Path(__file__).with_name("patch.py")
    env = {**os.environ, "_SAIL_COURSE": course}
    subprocess.run([sys.executable, file], env=env, check=True)
