import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="shop-"))
(FOLDER / "sample.txt").write_text("A")
