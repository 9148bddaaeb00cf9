"""MW301: circular imports that use a module before it is initialised."""

from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.index.types_alone import for_types_alone
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.import_result import PARTIAL, Outcome
from modwright_check.model.report import Finding


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Tell of each import that fails in a cycle, with the chain that leads back to its begin.

    The stack of the exception is the chain: it holds the modules that are being imported, each
    waiting for the next. Cycles that do no harm never get here.
    """
    chains = {name: cycle(one, evidence) for name, one in evidence.outcomes.items()}
    for_types = for_types_alone(evidence) if any(chains.values()) else frozenset()
    for name, outcome in evidence.outcomes.items():
        if chain := chains[name]:
            place = evidence.sources.innermost(outcome.frames)
            yield finding(
                "MW301",
                name,
                f"is in a circular import: {' → '.join(chain)}, which is only half initialised",
                "Move what both modules need into a third one, or import it in a function.",
                *(place or (None, None)),
                facts={Fact.FOR_TYPES_ALONE} if name in for_types else (),
            )


def cycle(outcome: Outcome, evidence: Evidence) -> tuple[str, ...]:
    """Return the modules of the cycle that an import has failed in; the first is also the last."""
    partial = None if outcome.loaded else PARTIAL.search(outcome.message)
    if not partial:
        return ()
    begin = partial["module"] or f"{partial['package']}.{partial['submodule']}"
    chain = _importing(outcome, evidence)
    if begin not in chain:
        return ()
    return (*chain[chain.index(begin) :], begin)


def _importing(outcome: Outcome, evidence: Evidence) -> list[str]:
    """Return the project's modules that are on the stack, each once."""
    names = evidence.names_by_file
    places = (evidence.sources.innermost([frame]) for frame in outcome.frames)
    return list(dict.fromkeys(names[place[0]] for place in places if place and place[0] in names))
