"""The distributions that extras install, as uv resolves them."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import monotonic

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origins
from modwright_check.model.errors import EnvironmentFailed
from modwright_check.model.questions import Brought
from modwright_check.run.environment import resolve_extras

# Takes names of extras; returns by distribution those that require it. Raises EnvironmentFailed.
Resolve = Callable[[Sequence[str]], Mapping[str, frozenset[str]]]


def brought_by(extras: Sequence[str], evidence: Evidence, folder: Path) -> Brought:
    """Return what would be installed with extras, as far as that is known within the time limit.

    What is installed in any case is left out, as that is known, and may have to be built.

    Args:
        extras: Their names.
        evidence: What is known of the project.
        folder: Where to write what is asked for.
    """
    declared = evidence.index(Origins).declared
    in_any_case = declared.always.keys() - frozenset().union(*declared.extras.values())
    until = monotonic() + evidence.configuration.time_limit

    def resolve(some: Sequence[str]) -> Mapping[str, frozenset[str]]:
        return resolve_extras(
            evidence.environment,
            evidence.wheel,
            evidence.project or evidence.wheel.parent,
            folder,
            some,
            without=in_any_case,
            seconds=max(0.0, until - monotonic()),
        )

    return resolved(extras, resolve)


def resolved(extras: Sequence[str], resolve: Resolve) -> Brought:
    """Resolve extras together, and in halves when some exclude others or cannot be had.

    Args:
        extras: Their names.
        resolve: Resolves some of them.
    """
    try:
        return Brought(resolve(extras), all_known=True)
    except EnvironmentFailed:
        if len(extras) == 1:
            return Brought({}, all_known=False)
    middle = len(extras) // 2
    one, other = resolved(extras[:middle], resolve), resolved(extras[middle:], resolve)
    requiring = {
        name: one.requiring.get(name, frozenset()) | other.requiring.get(name, frozenset())
        for name in (*one.requiring, *other.requiring)
    }
    return Brought(requiring, one.all_known and other.all_known)
