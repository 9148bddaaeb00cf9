"""Modules of other projects that this one carries along: a list, or what they say, tells so."""

import ast
import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from packaging.utils import canonicalize_name

from modwright_check.index.evidence import Evidence
from modwright_check.static.docstrings import docstring
from modwright_check.static.lines import lines_of
from modwright_check.static.source import Source

_PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)\s*==", re.MULTILINE)
# An address at its end, as `https://example.org/someone/tides`: of whom, and of which project.
_REPOSITORY = re.compile(r"https?://[\w.-]+/([\w.-]+)/([\w-]+)(?:\.git)?/?$", re.MULTILINE)
_LICENCE = re.compile(r"\bcopyright\b|\blicen[cs]e", re.IGNORECASE)


def carried_along(evidence: Evidence) -> frozenset[str]:
    """Return the modules of packages that are copies of other projects.

    What imports the library of that name is made for it, and no copy.

    Args:
        evidence: All that is known of the project.
    """
    copies = [
        name
        for name in {
            *_pinned(evidence),
            *_under_a_licence_of_their_own(evidence),
            *_released_by_others(evidence),
        }
        if not _is_made_for(name, name.rpartition(".")[2], evidence)
    ]
    return frozenset(
        name for name in evidence.names for copy in copies if f"{name}.".startswith(f"{copy}.")
    )


def _pinned(evidence: Evidence) -> Iterator[str]:
    """Yield what a text beside it pins to a version, as `urllib3==2.8`.

    Tools that copy packages, or tell of newer versions, read such lists.
    """
    pinned = {
        (".".join(list_.parent.parts), canonicalize_name(name))
        for list_ in evidence.files
        if list_.suffix == ".txt" and len(list_.parts) > 1
        for name in _PINNED.findall(_text(evidence.sources.installed(list_)))
    }
    for name in evidence.names if pinned else ():
        around, _, last = name.rpartition(".")
        if (around, canonicalize_name(last)) in pinned:
            yield name


def _under_a_licence_of_their_own(evidence: Evidence) -> Iterator[str]:
    """Yield the packages whose licence stands at their head, with a repository called like them.

    It is another one than the project's, of which the package is the smaller part.
    """
    about = evidence.about
    own = " ".join(filter(None, (about.home_page, *(about.project_urls or {}).values()))).lower()
    for name, source in evidence.read.items():
        around, _, last = name.rpartition(".")
        if not around or not source.is_package or last.lower() == about.name.lower():
            continue
        is_anothers = any(
            last == called and f"/{whose}/{called}".lower() not in own
            for whose, called in _REPOSITORY.findall(_licence(source))
        )
        if is_anothers and 2 * _modules_of(name, evidence) < len(evidence.names):
            yield name


def _released_by_others(evidence: Evidence) -> Iterator[str]:
    """Yield what has an author, a version and a licence of its own, as a whole project in a file.

    The author is none of those whom the project names, and its version is another one.
    """
    about = evidence.about
    named = (about.author, about.author_email, about.maintainer, about.maintainer_email)
    tops = (source for name, source in evidence.read.items() if "." not in name)
    own = " ".join([*filter(None, named), *(_given(top).get("__author__", "") for top in tops)])
    for name, source in evidence.read.items() if own else ():
        if "." not in name or "__author__" not in source.text or "__version__" not in source.text:
            continue
        given = _given(source)
        author = given.get("__author__", "").partition("<")[0].strip()
        version = given.get("__version__", str(about.version))
        is_anothers = author and author not in own and version != str(about.version)
        is_licensed = bool(_LICENCE.search(docstring(source)) or _licence(source))
        is_small = 2 * _modules_of(name, evidence) < len(evidence.names)
        if is_anothers and is_licensed and is_small:
            yield name


def _given(source: Source) -> dict[str, str]:
    """Return the texts that names of a module's top level are given."""
    found = {}
    for node in source.tree.body if source.tree else ():
        match node:
            case ast.Assign([ast.Name(name)], ast.Constant(str(text))):
                found[name] = text
    return found


def _modules_of(package: str, evidence: Evidence) -> int:
    return sum(f"{name}.".startswith(f"{package}.") for name in evidence.names)


def _licence(source: Source) -> str:
    """Return the comments that a module begins with, if they are of its licence."""
    lines = takewhile(lambda line: not line or line.startswith("#"), lines_of(source.text))
    heading = "\n".join(map(str.rstrip, lines))
    return heading if _LICENCE.search(heading) else ""


def _is_made_for(package: str, library: str, evidence: Evidence) -> bool:
    """Return whether a module of a package imports the library that it is called like."""
    return any(
        f"{source.module}.".startswith(f"{package}.")
        and any(each.top == library for each in source.imports)
        for source in evidence.read.values()
    )


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace")
    except OSError:  # a module has deleted it
        return ""
