import tempfile
from pathlib import Path

with tempfile.TemporaryDirectory() as folder:
    Path(folder, "sample.txt").write_text("A")
with tempfile.NamedTemporaryFile("w") as file:
    file.write("A")
with tempfile.TemporaryFile("w") as file:
    file.write("A")
