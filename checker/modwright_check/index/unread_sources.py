"""Sources that the Python which runs the check cannot read, though the project's Python can."""

import sys
from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.static.newer_syntax import stumbled_over
from modwright_check.static.source import Source

_HERE = "{}.{}".format(*sys.version_info)


def unread(evidence: Evidence) -> Iterator[str]:
    """Yield a sentence on the modules that were imported, but whose sources nobody has read.

    Args:
        evidence: With what was seen of the imports.
    """
    yield from _too_large(evidence)
    found = [source for source in evidence.read.values() if _is_newer(source, evidence)]
    if not found:
        return
    which = _place(found[0]) + (f" and {len(found) - 1} more" if found[1:] else "")
    yield (
        f"Sources that Python {_HERE}, which runs the check, cannot read: {which}. "
        f"They were imported with Python {evidence.environment.version}; run the check with that "
        "Python to have them read."
    )


def _too_large(evidence: Evidence) -> Iterator[str]:
    paths = [
        evidence.sources.in_project(module.path)
        for module in evidence.modules
        if module.path.suffix == ".py"
        and module.name not in evidence.read
        and evidence.sources.installed(module.path).is_file()
    ]
    if paths:
        which = paths[0] + (f" and {len(paths) - 1} more" if paths[1:] else "")
        yield f"Sources that are too large to be read: {which}. They were imported all the same."


def _is_newer(source: Source, evidence: Evidence) -> bool:
    outcome = evidence.outcomes.get(source.module)
    return isinstance(source.error, SyntaxError) and outcome is not None and outcome.loaded


def _place(source: Source) -> str:
    """Return the first line that cannot be read, and why if that is known."""
    assert isinstance(source.error, SyntaxError)  # noqa: S101 (nothing else gets here)
    newer = stumbled_over(source.error, source.text)
    line = newer.line if newer else source.error.lineno or 1
    return f"{source.file}:{line}" + (f" ({newer.what})" if newer else "")
