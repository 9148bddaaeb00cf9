"""Finds modules that can be imported only after another module of the project."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from modwright_check.model.import_result import PARTIAL, Outcome
from modwright_check.model.module_names import is_of_tests
from modwright_check.run.probe_client import Interpreter
from modwright_check.system.side_by_side import cores, side_by_side

MOST = 20  # failures that are tried; a project with more has worse problems

# What no sibling can make good.
_HOPELESS = {"SyntaxError", "IndentationError", "TabError", "ModuleNotFoundError"}


def may_have_helpers(
    interpreter: Interpreter, outcomes: Mapping[str, Outcome], others: Collection[str]
) -> bool:
    """Return whether one of the modules that fail may import after others, of whatever fate.

    Args:
        interpreter: Of the environment.
        outcomes: What was seen of each module by itself.
        others: Modules of the project of which nothing is known yet.
    """

    def may_be_helped(name: str) -> bool:
        after_all = interpreter.import_fresh(name, before=sorted({*others, *outcomes} - {name}))
        return after_all.loaded or after_all.error is None  # or one of the others has ended it all

    firsts = [names[0] for names in _alike(outcomes)][:MOST]
    return any(side_by_side(may_be_helped, firsts, cores(), stop=interpreter.under_way.end_all))


def with_siblings(interpreter: Interpreter, outcomes: Mapping[str, Outcome]) -> dict[str, Outcome]:
    """Return the outcomes, with `needs_first` where another module's import makes the difference.

    Args:
        interpreter: Of the environment.
        outcomes: What was seen of each module by itself.
    """
    # Tests set up for themselves what other programs do. Where all imports wait, they fail later.
    helpers = [
        name
        for name, outcome in outcomes.items()
        if outcome.loaded and not is_of_tests(name) and not _makes_imports_wait(outcome)
    ]
    alike = _alike(outcomes)
    firsts = [names[0] for names in alike][:MOST]

    def find(name: str) -> str | None:
        lacking = outcomes[name].lacks  # first of all, for others import it too
        return _helper(interpreter, name, sorted(helpers, key=lambda each: each != lacking))

    helpful = side_by_side(find, firsts, cores(), stop=interpreter.under_way.end_all)
    found = dict(zip(firsts, helpful, strict=True))
    helped = {name: found.get(names[0]) for names in alike for name in names}
    return {
        name: replace(outcome, needs_first=helped.get(name)) for name, outcome in outcomes.items()
    }


def _makes_imports_wait(outcome: Outcome) -> bool:
    return any("sys.set_lazy_imports" in effect.detail for effect in outcome.effects)


def _alike(outcomes: Mapping[str, Outcome]) -> list[list[str]]:
    """Return what fails for the same reason: it is helped by the same module, or by none."""
    alike = defaultdict(list)
    for name, outcome in outcomes.items():
        if _may_depend(outcome):
            alike[outcome.error, outcome.message, outcome.frames[-1:]].append(name)
    return list(alike.values())


def _may_depend(outcome: Outcome) -> bool:
    if outcome.loaded or outcome.exits or outcome.error in {None, *_HOPELESS}:
        return False
    return not PARTIAL.search(outcome.message)


def _helper(interpreter: Interpreter, name: str, helpers: Sequence[str]) -> str | None:
    """Return the one module after which this one imports; None when there is none."""

    def helps(some: Sequence[str]) -> bool:
        return interpreter.import_fresh(name, before=some).loaded

    if not helpers or not helps(helpers):
        return None
    while len(helpers) > 1:
        half = helpers[: len(helpers) // 2]
        helpers = half if helps(half) else helpers[len(helpers) // 2 :]
    return helpers[0] if helps(helpers) else None
