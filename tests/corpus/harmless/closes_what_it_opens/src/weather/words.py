import os
from pathlib import Path

file = Path(__file__).with_name("words.txt").open(encoding="utf-8")
WORDS = file.read().split()
file.close()
READ, WRITE = os.pipe()
os.close(READ)
os.close(WRITE)
