import os
import sqlite3
from pathlib import Path

before = os.environ.get("PATH", "")
try:
    os.environ["PATH"] = os.pathsep.join([before, str(Path(__file__).parent)])
    stations = sqlite3.connect(":memory:")
finally:
    os.environ["PATH"] = before + os.pathsep
