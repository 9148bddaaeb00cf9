import contextlib
import os
from pathlib import Path

HERE = Path(__file__).parent

with contextlib.chdir(HERE):
    FILES = sorted(os.listdir(os.curdir))


def count() -> int:
    before = os.getcwd()
    os.chdir(HERE)
    try:
        return len(os.listdir(os.curdir))
    finally:
        os.chdir(before)


COUNT = count()
