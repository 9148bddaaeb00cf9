import os
from pathlib import Path

before = Path(__file__).anchor
os.chdir(Path(__file__).parent)
try:
    FILES = sorted(os.listdir(os.curdir))
finally:
    os.chdir(before)
