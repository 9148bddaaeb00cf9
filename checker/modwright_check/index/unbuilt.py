"""Extensions of which a wheel holds the source alone: its build has left them out."""

from pathlib import PurePosixPath

from modwright_check.index.evidence import Evidence
from modwright_check.wheel.extension_names import SUFFIXES

_SOURCES = (".pyx", ".c", ".cpp")


def is_unbuilt(module: str, evidence: Evidence) -> bool:
    """Return whether a module is an extension that was not built, and one beside it was.

    The sources of both lie there. Where none was built, the build itself has failed to.

    Args:
        module: Its dotted name.
        evidence: All that is known of the project.
    """
    place = PurePosixPath(*module.split("."))
    built = (
        PurePosixPath(*each.name.split("."))
        for each in evidence.modules
        if each.path.suffix in SUFFIXES
    )
    return _has_a_source(place, evidence) and any(
        each.parent == place.parent and _has_a_source(each, evidence) for each in built
    )


def _has_a_source(place: PurePosixPath, evidence: Evidence) -> bool:
    return any(place.with_name(place.name + suffix) in evidence.files for suffix in _SOURCES)
