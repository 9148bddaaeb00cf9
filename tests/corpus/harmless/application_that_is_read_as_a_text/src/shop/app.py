from pathlib import Path

THEMES = sorted(Path("themes").iterdir(), key=lambda theme: theme.stat().st_size)
