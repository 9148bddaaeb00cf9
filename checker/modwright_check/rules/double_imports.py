"""MW306 as it is seen: a file that was loaded twice, under two names."""

from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.report import Finding

_EVERYWHERE = " everywhere, and do not change sys.path"


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Tell of each file once. Its classes exist twice, and `isinstance` knows only one of them.

    Of a whole package under two names, only the first file is told: the others follow from that.
    """
    told: set[str | frozenset[str]] = set()
    for name, outcome in evidence.outcomes.items():
        for file, first, second in outcome.aliases:
            place = evidence.sources.innermost([(file, 1)])
            packages = _packages(first, second)
            if place and told.isdisjoint({file, packages}):
                told.update((file, packages) if any(packages) else (file,))
                right = second if second in evidence.names else first
                asking = _asking(first if right == second else second, evidence)
                yield finding(
                    "MW306",
                    asking[0] if asking else name,
                    f"the file {place[0]} is imported both as {first} and as {second}",
                    f"Import it as {right}{'' if asking else _EVERYWHERE}.",
                    *(asking[1:] if asking else (place[0],)),
                )


def _asking(name: str, evidence: Evidence) -> tuple[str, str, int] | None:
    """Return module, file and line of an import that asks for a file by its second name.

    Without one, it is a folder on sys.path that gives it that name.
    """
    return next(
        (
            (source.module, source.file, statement.line)
            for source in evidence.read.values()
            for statement in source.imports
            if name.endswith(".__init__") and statement.module == name
        ),
        None,
    )


def _packages(first: str, second: str) -> frozenset[str]:
    """Return what two names of a file begin with: `a` and `b.c` of `a.x.y` and `b.c.x.y`."""
    one, other = first.split("."), second.split(".")
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return frozenset({".".join(one), ".".join(other)})
