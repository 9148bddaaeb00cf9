"""The pages of the findings as projects: the example that each shows, broken and mended.

A block of code whose first line is a comment with a path is that file. A pyproject.toml that does
not name the project is a part, and laid over a usual one. Under **Fix**, blocks are laid over the
example, after files have been moved (`mv old new`). Comments of HTML say what nobody need read:

- `<!-- check: --extras -->`: options of the command line.
- `<!-- needs: gcc -->`: what the machine must have, see `lacking` in tests/corpus/cases.py.
- `<!-- not run: why -->`: the example cannot be built from text; the page says so as well.

A page that speaks of a build back end is built with that, all others with the corpus's: what they
show does not depend on how a wheel comes about.
"""

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tests.corpus.cases import CORPUS

BACK_END = CORPUS / "back_end.py"

PROJECT = """\
[project]
name = "demo"
version = "1.0"
requires-python = ">=3.11"

"""
WITH_UV = """\
[build-system]
requires = ["uv_build>=0.11,<0.14"]
build-backend = "uv_build"
"""
WITH_SETUPTOOLS = """\
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"
"""
WITH_THAT_OF_THE_CORPUS = """\
[build-system]
requires = []
build-backend = "back_end"
backend-path = ["."]
"""
EXTENSION_OF_SETUPTOOLS = """\
[[tool.setuptools.ext-modules]]
name = "{name}"
sources = ["{file}"]
"""
EXTENSIONS_OF_THE_CORPUS = """\
[tool.back_end]
tag = "native"
extensions = {{ {extensions} }}
"""

_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_PATH = re.compile(r"(?:#|//|<!--) (?P<path>\S+\.\w+)(?: -->)?\n")


@dataclass(frozen=True)
class Block:
    """A block of code of a page: its language and its text."""

    language: str
    text: str


def blocks(text: str) -> list[Block]:
    """Return the blocks of code of a page."""
    return [Block(found["language"], found["text"]) for found in _BLOCK.finditer(text)]


class FindingPage:
    """A page of docs/findings/."""

    def __init__(self, path: Path) -> None:
        self.code = path.stem
        self.text = path.read_text("utf-8")
        parts = re.split(r"^\*\*(?:Fix|When to ignore it)\.?\*\*", self.text, flags=re.MULTILINE)
        example, fix = (*parts, "")[:2]
        self._example = _files(blocks(example))
        self._fix = _files(blocks(fix))
        self._moves = re.findall(r"^mv (\S+) (\S+)$", fix, re.MULTILINE)

    @property
    def title(self) -> str:
        return self.text.partition("\n")[0]

    @property
    def options(self) -> list[str]:
        return shlex.split(self._comment("check"))

    @property
    def needs(self) -> list[str]:
        return self._comment("needs").split()

    @property
    def not_run(self) -> str:
        """Why the example is not built; empty when it is."""
        return self._comment("not run")

    @property
    def shows_the_project_mended(self) -> bool:
        return bool(self._fix or self._moves) and not self.not_run

    def lay_out(self, folder: Path) -> None:
        """Write the example."""
        files = dict(self._example)
        part = files.get("pyproject.toml", "")
        if not _is_whole(part):
            files = {"src/demo/__init__.py": "", **files}
            shown = part + self._fix.get("pyproject.toml", "")
            files["pyproject.toml"] = _merged(PROJECT + _built(files, shown), part)
            files[BACK_END.name] = BACK_END.read_text("utf-8")
        _write(folder, files)

    def mend(self, folder: Path) -> None:
        """Do to the example what the page says to do."""
        for old, new in self._moves:
            (folder / old).replace(folder / new)
        files = dict(self._fix)
        part = files.get("pyproject.toml", "")
        if part and not _is_whole(part):
            files["pyproject.toml"] = _merged((folder / "pyproject.toml").read_text("utf-8"), part)
        _write(folder, files)

    def _comment(self, kind: str) -> str:
        found = re.search(rf"^<!-- {kind}: (.+) -->$", self.text, re.MULTILINE)
        return found[1] if found else ""


def _files(shown: list[Block]) -> dict[str, str]:
    named = ((block, _PATH.match(block.text)) for block in shown)
    return {path["path"]: block.text[path.end() :] for block, path in named if path}


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def _built(files: Mapping[str, str], shown: str) -> str:
    """Return how a package in src/ is built; its C files are extensions of their names.

    Args:
        files: Of the example.
        shown: What the page shows of pyproject.toml.
    """
    if "tool.setuptools" in shown:
        parts = [EXTENSION_OF_SETUPTOOLS.format(**each) for each in _extensions(files)]
        return "\n".join([WITH_SETUPTOOLS, *parts])
    if "[build-system]" in shown or "tool.uv" in shown:
        return WITH_UV
    parts = ['"{path}{{suffix}}" = "{file}"'.format(**each) for each in _extensions(files)]
    extensions = EXTENSIONS_OF_THE_CORPUS.format(extensions=", ".join(parts)) if parts else ""
    return "\n".join([WITH_THAT_OF_THE_CORPUS, extensions])


def _extensions(files: Iterable[str]) -> Iterator[dict[str, str]]:
    for file in files:
        if file.endswith(".c"):
            path = PurePosixPath(file).with_suffix("").relative_to("src")
            yield {"file": file, "path": str(path), "name": ".".join(path.parts)}


def _is_whole(pyproject: str) -> bool:
    return re.search(r"^name = ", pyproject.partition("[[")[0], re.MULTILINE) is not None


def _merged(whole: str, part: str) -> str:
    """Return a TOML file with the tables and the keys of another; a value there takes one line."""
    tables = dict(_tables(whole))
    for header, lines in _tables(part):
        keys = {line.partition(" = ")[0] for line in lines}
        old = [line for line in tables.get(header, ()) if line.partition(" = ")[0] not in keys]
        tables[header] = [*old, *lines]
    return "\n".join("\n".join([header, *lines, ""]) for header, lines in tables.items())


def _tables(text: str) -> Iterator[tuple[str, list[str]]]:
    for table in re.split(r"^(?=\[)", text, flags=re.MULTILINE):
        if table.strip():
            header, *lines = table.strip().splitlines()
            yield header, lines
