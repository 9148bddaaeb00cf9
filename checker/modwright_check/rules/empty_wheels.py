"""Wheels without modules: MW402."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from packaging.utils import canonicalize_name

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.report import Finding
from modwright_check.wheel.extension_names import SUFFIXES

_OF_PYTHON = {".py", ".pyc", ".pyi", ".pth", *SUFFIXES, ".dll", ".dylib"}
_STUBS = "-stubs"  # how the folder ends that holds those of a package (PEP 561)
_TYPED = "py.typed"
_ON_AN_INDEX = re.compile(r"https?://[^\s/]+/(?:project|pypi)/([\w.-]*\w)")


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield that the wheel contains no modules.

    Args:
        evidence: All that is known of the project.
    """
    if not evidence.modules and not _holds_stubs_of_another(evidence):
        yield finding(
            "MW402",
            "",
            "the wheel contains no modules",
            "Configure where the build back end finds the package.",
            "pyproject.toml",
            facts=_facts(evidence),
        )


def _facts(evidence: Evidence) -> Iterator[Fact]:
    if only_requires(evidence):
        yield Fact.ONLY_REQUIRES
    if evidence.project is None and _leads_to_another(evidence):
        yield Fact.LEADS_TO_ANOTHER


def _leads_to_another(evidence: Evidence) -> bool:
    """Return whether the summary shows where on an index another distribution is.

    The name was taken lest somebody else take it, or has been given up.
    """
    named = map(canonicalize_name, _ON_AN_INDEX.findall(evidence.about.summary or ""))
    return not {*named} <= {canonicalize_name(evidence.about.name)}


def _holds_stubs_of_another(evidence: Evidence) -> bool:
    """Return whether a wheel holds stubs alone, for the package of another distribution (PEP 561).

    Those of its own package stand beside that, which is missing.

    Args:
        evidence: All that is known of the project.
    """
    stubs = {path.parts[0] for path in evidence.files if path.suffix == ".pyi"}
    own = canonicalize_name(evidence.about.name)
    return bool(stubs) and all(
        top.endswith(_STUBS) and canonicalize_name(top.removesuffix(_STUBS)) != own for top in stubs
    )


def only_requires(evidence: Evidence) -> bool:
    """Return whether a wheel, of which no project is there, is for what it requires alone.

    A licence that has strayed to its top shows no package that the build has not found.

    Args:
        evidence: All that is known of the project.
    """
    holds = not all(map(is_beside_modules, evidence.files))
    return evidence.project is None and not holds and bool(evidence.about.requires_dist)


def is_beside_modules(path: PurePosixPath) -> bool:
    """Return whether a file lies at the top of site-packages, and Python does nothing with it.

    Args:
        path: As in the wheel.
    """
    of_python = not _OF_PYTHON.isdisjoint(path.suffixes) or path.name == _TYPED
    return len(path.parts) == 1 and not of_python
