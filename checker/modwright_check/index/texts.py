"""The texts of a project's files, in which comments may be for us."""

from modwright_check.config.filters import TextOf
from modwright_check.index.evidence import Evidence


def texts_of(evidence: Evidence) -> TextOf:
    """Return what gives the text of a file that may hold comments for us: sources and stubs.

    Args:
        evidence: All that is known of the project.
    """
    by_file = evidence.by_file

    def text_of(file: str) -> str | None:
        if file in by_file:
            return by_file[file].text
        if evidence.project is None or not file.endswith(".pyi"):
            return None
        try:
            return (evidence.project / file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    return text_of
