"""Draws docs/pictures/new.svg: what `modwright new hello --defaults` shows on a terminal.

    python docs/pictures/draw.py

The command runs for real, on a pseudo-terminal (Linux and macOS).
"""

import os
import pty
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.text import Text

HERE = Path(__file__).parent
MODWRIGHT = Path(sys.executable).with_name("modwright")


def run_on_terminal(*command: str) -> str:
    """Return what a command shows on a terminal, escape sequences and all."""
    seen = bytearray()

    def read(descriptor: int) -> bytes:
        data = os.read(descriptor, 1 << 16)
        seen.extend(data)
        return data

    pty.spawn(list(command), read)
    return seen.decode()


def as_left_standing(output: str) -> str:
    """Drop the progress: lines that the cursor goes back to and wipes away."""
    lines = output.replace("\r\n", "\n").split("\n")
    kept = [line.rpartition("\x1b[2K")[2] for line in lines if "Checking:" not in line]
    return re.sub(r"\x1b\[\?25[lh]|\x1b\[1A", "", "\n".join(kept))


def draw() -> None:
    """Write the picture."""
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        output = run_on_terminal(str(MODWRIGHT), "new", "hello", "--defaults")
    shown = as_left_standing(output).replace(f"{MODWRIGHT.parent}{os.sep}", "")
    console = Console(record=True, width=84, file=open(os.devnull, "w"))  # noqa: PTH123, SIM115
    console.print(Text.from_ansi("$ modwright new hello --defaults\n" + shown))
    picture = console.export_svg(title="modwright")
    # rich points to a font on the web; a picture should ask nobody.
    picture = re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL)
    picture = "\n".join(line.rstrip() for line in picture.splitlines() if line.strip())
    (HERE / "new.svg").write_text(picture + "\n", "utf-8")


if __name__ == "__main__":
    draw()
