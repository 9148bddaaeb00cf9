from pathlib import Path

CACHE = Path.home() / ".weather"
CACHE.mkdir(exist_ok=True)
