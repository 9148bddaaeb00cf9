"""MW808: a project for free-threaded Python whose extension has Python turn the GIL on again.

A free-threaded Python takes the GIL back, for the whole process, when it imports an extension that
does not say that it can do without (https://docs.python.org/3/howto/free-threading-extensions.html).
What is built here for a Python with a GIL need not say so, so the C sources are read.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.report import Finding

# "1 - Unstable" promises nothing.
_PROMISES = re.compile(r"Programming Language :: Python :: Free Threading( :: [2-9].*)?")
_ENDINGS = (".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".hxx", ".inc")
# How C, C++ and its libraries for bindings say it; macros of the project's may stand for any.
_SAYS_SO = re.compile(r"Py_mod_gil|Py_MOD_GIL|Module_SetGIL|mod_gil_not_used|FREE_THREADED")
_NOT_READ = {"build", "dist", "node_modules", "site-packages"}
_LARGEST = 1 << 24  # bytes; nobody writes more by hand


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield the extensions that do not say that they can do without the GIL.

    Args:
        evidence: All that is known of the project. Of an extension whose init function stands in
            no C source of it nothing is known.
    """
    promises = [each for each in evidence.about.classifiers or () if _PROMISES.fullmatch(each)]
    extensions = [each for each in evidence.modules if each.path.suffix in {".so", ".pyd"}]
    if not promises or not extensions or evidence.project is None:
        return
    texts = dict(_texts(evidence.project))
    if any(map(_SAYS_SO.search, texts.values())):
        return
    for module in extensions:
        begins = re.compile(rf"\bPyInit_{re.escape(module.name.rpartition('.')[2])}\s*\(")
        for file, text in texts.items():
            if found := begins.search(text):
                yield finding(
                    "MW808",
                    module.name,
                    f"has no `Py_mod_gil`, so a free-threaded Python turns the GIL on at its "
                    f"import, but a classifier says {promises[-1].partition(' :: Python :: ')[2]}",
                    "Add `{Py_mod_gil, Py_MOD_GIL_NOT_USED}` to its slots if it is safe without "
                    "the GIL, or remove the classifier.",
                    file,
                    text.count("\n", 0, found.start()) + 1,
                )
                break


def _texts(project: Path) -> Iterator[tuple[str, str]]:
    """Yield the C sources of a project, by their names in it."""
    for folder, folders, names in os.walk(project):
        folders[:] = sorted(each for each in folders if not _passes_over(Path(folder, each)))
        for name in sorted(names):
            file = Path(folder, name)
            if name.endswith(_ENDINGS) and file.is_file() and file.stat().st_size < _LARGEST:
                text = file.read_text(encoding="utf-8", errors="replace")
                yield file.relative_to(project).as_posix(), text


def _passes_over(folder: Path) -> bool:
    is_environment = (folder / "pyvenv.cfg").exists()
    return folder.name.startswith(".") or folder.name in _NOT_READ or is_environment
