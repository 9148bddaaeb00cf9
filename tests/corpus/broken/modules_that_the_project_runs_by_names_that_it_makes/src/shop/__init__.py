import runpy
from pathlib import Path


def of(goods: str) -> dict[str, object]:
    file = Path(__file__).parent / "rates" / f"{goods}_rates.py"
    file.open().close()
    return runpy.run_path(str(file))
