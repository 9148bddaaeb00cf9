from pathlib import Path

HERE = Path(__file__).parent
COUNTER = HERE / "counter.py"


def sorter() -> Path:
    return HERE / "sorter.py"
