import subprocess
import sys
from pathlib import Path

RULES = {
    "watch": "$PYTHON_BIN $SAIL_DIR/bell.py $STROKES > $OUT",
}


def tie(rope: str) -> None:
    subprocess.run([sys.executable, Path(__file__).with_name("knot.py"), rope], check=True)
