"""`modwright check` on well-known packages: what it says of each, to be read by hand.

    python -m benchmarks.real_packages [NAME …]

Downloads the newest wheel of each package (of those in docs/judged-packages.md without a NAME),
checks it, and prints the rows of that page's table. Below come the kinds of errors and warnings,
each with its number and one example. What counts is read, never asserted: packages change.
"""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

from packaging.utils import parse_wheel_filename
from uv import find_uv_bin

# fmt: off
PACKAGES = (
    "aiohttp", "anyio", "attrs", "beautifulsoup4", "black", "boto3", "certifi",
    "charset-normalizer", "click", "cryptography", "django", "fastapi", "flask", "greenlet",
    "httpx", "hypothesis", "idna", "iniconfig", "jinja2", "lxml", "markupsafe", "matplotlib",
    "mypy", "networkx", "numpy", "orjson", "packaging", "pandas", "pillow", "pip", "pluggy",
    "psutil", "pydantic", "pydantic-core", "pytest", "pyyaml", "requests", "rich", "ruff", "scipy",
    "setuptools", "sqlalchemy", "starlette", "sympy", "tornado", "tqdm", "trio", "typer",
    "urllib3", "werkzeug",
)
# fmt: on
MODWRIGHT = str(Path(sys.executable).with_name("modwright"))


@dataclass(frozen=True)
class Checked:
    """A wheel and what `modwright check --format json` says of it.

    Args:
        wheel: The file.
        report: Schema 1.
    """

    wheel: Path
    report: dict[str, Any]

    def row(self) -> str:
        name, version, _, _ = parse_wheel_filename(self.wheel.name)
        with ZipFile(self.wheel) as archive:
            compiled = any(member.endswith((".so", ".pyd")) for member in archive.namelist())
        summary = self.report["summary"]
        cells = (
            *(name, version, "compiled" if compiled else "pure"),
            *(summary["modules"], summary["errors"], summary["warnings"]),
            f"{summary['seconds']:.0f}",
        )
        return f"| {' | '.join(map(str, cells))} |"

    def kinds(self) -> Iterator[str]:
        """Yield each kind of error and warning: its number, and the first of them."""
        groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for found in self.report["findings"]:
            if found["severity"] != "info":
                groups[found["severity"], found["code"]].append(found)
        for (severity, code), group in sorted(groups.items()):
            first = group[0]
            place = f"{first['file']}:{first['line']}"
            yield f"- {len(group)} x {code} ({severity}), {place}: {first['message']}"


def download(name: str, folder: Path) -> Path:
    """Return the newest wheel of a package for this Python, in an empty folder."""
    pip = [find_uv_bin(), "tool", "run", "--python", sys.executable, "pip", "--quiet"]
    wanted = ["download", "--no-deps", "--only-binary", ":all:", "--dest", str(folder), name]
    subprocess.run([*pip, *wanted], check=True)
    return next(folder.glob("*.whl"))


def check(wheel: Path) -> Checked:
    ran = subprocess.run(
        [MODWRIGHT, "check", str(wheel), "--format", "json"],
        check=False,
        capture_output=True,
        text=True,
    )
    if not ran.stdout:
        raise SystemExit(f"{wheel.name}: exit code {ran.returncode}\n{ran.stderr}")
    return Checked(wheel, json.loads(ran.stdout))


def main() -> None:
    checked = []
    print("| package | version | kind | modules | errors | warnings | seconds |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name in sys.argv[1:] or PACKAGES:
        with TemporaryDirectory() as folder:
            one = check(download(name, Path(folder)))
            print(one.row(), flush=True)
        checked.append((name, list(one.kinds())))
    for name, kinds in checked:
        if kinds:
            print(f"\n### {name}\n", *kinds, sep="\n")


if __name__ == "__main__":
    main()
