"""MW301: circular imports that use a module before it is initialised."""

import re
from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.index.ways_to import ways_to
from modwright_check.model.codes import finding
from modwright_check.model.import_result import PARTIAL, Outcome
from modwright_check.model.report import Finding
from modwright_check.static.names import makes_names

_ASKED = re.compile(r"cannot import name '(\w+)'|has no attribute '(\w+)'")


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Tell of each import that fails in a cycle, with the chain that leads back to its begin.

    The stack of the exception is the chain: it holds the modules that are being imported, each
    waiting for the next. Cycles that do no harm never get here.
    """
    chains = {name: cycle(one, evidence) for name, one in evidence.outcomes.items()}
    ways = ways_to((name for name, chain in chains.items() if chain), evidence)
    for name, outcome in evidence.outcomes.items():
        if chain := chains[name]:
            place = evidence.blamed(outcome)
            yield finding(
                "MW301",
                name,
                f"is in a circular import: {' → '.join(chain)}, which is only half initialised",
                "Move what both modules need into a third one, or import it in a function.",
                *(place or (None, None)),
                facts=ways[name],
            )


def cycle(outcome: Outcome, evidence: Evidence) -> tuple[str, ...]:
    """Return the modules of the cycle that an import has failed in; the first is also the last."""
    partial = None if outcome.loaded else PARTIAL.search(outcome.message)
    if not partial:
        return ()
    begin = partial["module"] or f"{partial['package']}.{partial['submodule']}"
    chain = _importing(outcome, evidence)
    if begin not in chain or _never_has(begin, outcome.message, evidence):
        return ()
    return (*chain[chain.index(begin) :], begin)


def _never_has(module: str, message: str, evidence: Evidence) -> bool:
    """Return whether a module would not have what it is asked for even when it is initialised.

    Python names a cycle wherever it does not find a name in a module that is being imported.
    """
    source, asked = evidence.read.get(module), _ASKED.search(message)
    if source is None or source.walk is None or asked is None or makes_names(source.text):
        return False
    name = asked[1] or asked[2]
    its_own = (each.name for each in source.bindings if each.origin != (module, name))
    others = (each.name for each in source.bindings if not each.imported)
    known = {*its_own, *others} & {name, "*"}
    return not known and f"{module}.{name}" not in evidence.outcomes


def _importing(outcome: Outcome, evidence: Evidence) -> list[str]:
    """Return the project's modules that are on the stack, each once."""
    names = evidence.names_by_file
    places = (evidence.sources.innermost([frame]) for frame in outcome.frames)
    return list(dict.fromkeys(names[place[0]] for place in places if place and place[0] in names))
