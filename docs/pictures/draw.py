"""Draws the pictures of the README: what the commands show, run for real.

    python docs/pictures/draw.py

new.svg shows `modwright new hello --defaults` on a pseudo-terminal (Linux and macOS); report.png
shows the page of `modwright check --format html`, in a headless Chromium.
"""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.text import Text

HERE = Path(__file__).parent
MODWRIGHT = Path(sys.executable).with_name("modwright")

# What somebody might add to a new project: a cycle, and a library that is not declared.
ADDED = {
    "prices.py": '"""What things cost."""\n\nimport requests\n\nfrom shop import stock\n',
    "stock.py": '"""What is there."""\n\nfrom shop.prices import price\n',
}


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


def draw_terminal() -> None:
    """Write new.svg."""
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


def draw_page() -> None:
    """Write report.png."""
    browser = which("chromium") or sys.exit("chromium is not here")
    with TemporaryDirectory() as folder:
        project, page = Path(folder, "shop"), Path(folder, "report.html")
        made = ("--defaults", "--no-check", "--no-git", "--subpackage", "services.mail")
        subprocess.run([MODWRIGHT, "new", project, *made], check=True)
        for name, text in ADDED.items():
            (project / "src/shop" / name).write_text(text, "utf-8")
        check = [MODWRIGHT, "check", project, "--format", "html"]
        page.write_bytes(subprocess.run(check, check=False, stdout=subprocess.PIPE).stdout)
        looks = ("--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=1000,940")
        picture = f"--screenshot={HERE / 'report.png'}"
        subprocess.run([browser, *looks, picture, page.as_uri()], check=True)


if __name__ == "__main__":
    draw_terminal()
    draw_page()
