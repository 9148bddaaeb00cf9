from pathlib import Path

TEXT = Path("report.txt").read_text(encoding="utf-8")
