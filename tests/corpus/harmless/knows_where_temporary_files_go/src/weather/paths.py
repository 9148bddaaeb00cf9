import tempfile
from pathlib import Path

CACHE = Path(tempfile.gettempdir()) / "weather"
HOME = Path("~/.weather")
