"""Every module imported: in the fork tree where there is one, again where that is not enough."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from modwright_check.collect.attribution import Mark, mark, seen_around, suspects, without_borrowed
from modwright_check.model.import_result import Effect, Outcome
from modwright_check.model.module_names import packages_around
from modwright_check.model.options import Isolation
from modwright_check.run.probe_client import Interpreter, Sought
from modwright_check.static.own_order import deepest
from modwright_check.static.preload_plan import AtImport
from modwright_check.system.side_by_side import busyness, cores, side_by_side
from modwright_check.wheel.restore import InstalledFiles

SAMPLE = 100  # of so many successes of the tree, one is looked at again
SMALLEST_SAMPLE, LARGEST_SAMPLE = 2, 20  # of large projects a fresh import alone takes seconds

# Effects whose line need not be traced: it is known, or does not matter.
_WITHOUT_LINE = {"atexit"}


def import_all(
    interpreter: Interpreter,
    installed: InstalledFiles,
    names: Collection[str],
    asked: AtImport,
    isolation: Isolation,
    on_imported: Callable[[int], None],
    beside: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Outcome]:
    """Import modules, each as if it were the first of its process.

    What the fork tree says of a failure, of an import or an export, is never taken at its word, nor
    what it says of a sample of successes: these are imported again in fresh interpreters. To the
    sample belong those whose imports lie deepest within one another, which the chain takes apart.
    Where many modules miss the same distribution, one of them stands for all. If one of the sample,
    or one that stands for others, turns out otherwise, everything is imported again. Where the
    sample would be all there is, no tree grows.

    Args:
        interpreter: Of the environment that they are installed in.
        installed: Their files there.
        names: Their dotted names.
        asked: What they ask for.
        isolation: Whether to use the tree.
        on_imported: Told how many are done.
        beside: Other modules of the project, by their installed files. Those that an effect may
            come from are imported as well.

    Returns:
        What was seen, by name, also of those of the others that were imported.

    Raises:
        EnvironmentFailed: Python cannot be started, or there is no room for the outcomes.
    """
    seen: dict[str, Outcome] = {}
    others: dict[str, Outcome] = {}
    if isolation is Isolation.TREE and interpreter.fork and len(names) > SMALLEST_SAMPLE:
        seen = interpreter.import_tree(sorted(names), asked, lines=cores())
        if behind := suspects(seen.values(), beside):
            others = interpreter.import_tree(sorted(behind), asked, lines=cores())
        seen = without_borrowed(others | seen)
    damaged = installed.restore()
    fine = [name for name in names if _is_fine(seen.get(name))]
    sample = _sample(fine) | ({*deepest(asked.order, SMALLEST_SAMPLE)} & {*fine})
    again = [name for name in names if not _is_fine(seen.get(name))]
    alike = _alike(again, seen, interpreter.environment.info.standard_modules)
    chosen = [*alike, *sample]
    fresh = {} if damaged else _import_fresh(interpreter, chosen, seen, on_imported)
    if installed.restore() or damaged:  # by one of them, which shall not spoil it for the others
        fresh = _import_in_turn(interpreter, names, installed, on_imported)
    stand_for_others = [name for name, others in alike.items() if others]
    if any(not _agree(fresh[name], seen[name]) for name in (*sample, *stand_for_others)):
        rest = [name for name in names if name not in fresh]
        fresh |= _import_fresh(interpreter, rest, {}, on_imported)
    outcomes = {
        name: _merged(seen.get(name), fresh.get(name))
        for name in sorted(names)
        if name in seen or name in fresh
    }
    if behind := suspects(outcomes.values(), beside) - others.keys():
        others |= _import_fresh(interpreter, behind, {}, on_imported)
    known = without_borrowed(others | outcomes)
    return {
        name: known[name] for name in sorted(known) if name in outcomes or _is_fine(known[name])
    }


def _is_fine(outcome: Outcome | None) -> bool:
    """Return whether a module has imported and there is nothing more to find out about it."""
    if outcome is None or not outcome.loaded or outcome.unresolved:
        return False
    # Its signal may have met the very process that forked it: a fresh interpreter can tell.
    kills = any(effect.kind == "kill" for effect in outcome.effects)
    return not (kills or _has_effects_without_line(outcome))


def _alike(
    names: Collection[str], seen: Mapping[str, Outcome], standard: frozenset[str]
) -> dict[str, list[str]]:
    """Return of failures that differ the names, each with those that miss the same distribution.

    Hundreds of modules of tests do, when a wheel holds them.
    """
    not_distributions = standard | {name.partition(".")[0] for name in seen}
    first: dict[str, str] = {}
    alike: dict[str, list[str]] = {}
    for name in names:
        outcome = seen.get(name)
        if outcome and outcome.missing and not _has_effects_without_line(outcome):
            top = outcome.missing.partition(".")[0]
            if top not in not_distributions and first.setdefault(top, name) != name:
                alike[first[top]].append(name)
                continue
        alike[name] = []
    return alike


def _agree(one: Outcome, other: Outcome) -> bool:
    return _verdict(one) == _verdict(other)


def _verdict(outcome: Outcome) -> tuple[object, ...]:
    return outcome.loaded, outcome.missing, [export.entry for export in outcome.unresolved]


def _has_effects_without_line(outcome: Outcome) -> bool:
    return any(_without_line(outcome))


def _without_line(outcome: Outcome, around: Collection[Mark] = ()) -> Iterator[Effect]:
    for effect in outcome.effects:
        is_known = effect.file is not None or effect.kind in _WITHOUT_LINE
        if effect.own and not is_known and mark(effect) not in around:
            yield effect


def _sample(names: Iterable[str]) -> frozenset[str]:
    """Return some of the names, spread over all of them, and always the same ones."""
    names = sorted(names)
    size = min(LARGEST_SAMPLE, max(SMALLEST_SAMPLE, len(names) // SAMPLE))
    return frozenset(names[:: max(1, len(names) // size)][:size])


def _import_fresh(
    interpreter: Interpreter,
    names: Collection[str],
    seen: Mapping[str, Outcome],
    on_imported: Callable[[int], None],
) -> dict[str, Outcome]:
    """Import modules in fresh interpreters, packages before what is in them.

    A module in a package that does not import shares the fate of the package, whose code comes
    first: there is no need to see that again. A module that has run out of time beside others is
    imported again by itself, with as much more time as other programs take of the machine.
    """
    fresh: dict[str, Outcome] = {}

    def import_one(name: str) -> Outcome:
        return _import_and_trace(interpreter, name, seen.get(name), seen_around(name, fresh))

    for generation in _generations(names):
        alone = [name for name in generation if not _failed_parent(name, fresh)]
        outcomes = side_by_side(
            import_one,
            alone,
            cores(),
            stop=interpreter.under_way.end_all,
            tell=partial(_tell_more, on_imported, len(fresh)),
        )
        fresh |= zip(alone, outcomes, strict=True)
        late = [name for name in alone if fresh[name].ran_out_of_time]
        if late and (len(alone) > 1 or busyness() > 1):
            fresh |= _import_patiently(interpreter, late, seen, fresh)
        for name in generation:
            if parent := _failed_parent(name, fresh):
                fresh[name] = fresh[parent]
    return fresh


def _import_patiently(
    interpreter: Interpreter,
    names: Iterable[str],
    seen: Mapping[str, Outcome],
    fresh: Mapping[str, Outcome],
) -> dict[str, Outcome]:
    """Import modules one by one, with as much more time as other programs take of the machine."""
    limit = interpreter.time_limit
    patient = replace(interpreter, time_limit=limit * busyness())
    again = {
        name: _import_and_trace(patient, name, seen.get(name), seen_around(name, fresh))
        for name in names
    }
    return {name: replace(outcome, time_limit=limit) for name, outcome in again.items()}


def _tell_more(on_imported: Callable[[int], None], before: int, done: int) -> None:
    on_imported(before + done)


def _import_and_trace(
    interpreter: Interpreter, name: str, known: Outcome | None, around: Collection[Mark] = ()
) -> Outcome:
    """Import a module in a fresh interpreter, again where the lines of effects are not known.

    To be traced takes long: the times are those of the import before, and what is seen of a package
    around it is not looked for again.
    """
    outcome = known if known and known.loaded else interpreter.import_fresh(name)
    sought = _sought(_without_line(outcome, around))
    traced = _traced(interpreter, name, sought) if sought.kinds else outcome
    if traced.loaded != outcome.loaded or outcome is known is traced:
        # Time is not what the verdict is about.
        return interpreter.import_fresh(name)
    others = (each for each in outcome.effects if each.file or each.kind not in sought.kinds)
    lines = (each for each in traced.effects if each.kind in sought.kinds)
    return replace(
        traced,
        effects=tuple(dict.fromkeys((*others, *lines))),
        import_ms=outcome.import_ms,
        self_ms=outcome.self_ms,
        loads=outcome.loads,
    )


def _sought(effects: Iterable[Effect]) -> Sought:
    """Return what to look for the lines of; a patch by its name, which is seen at one glance."""
    kinds, patched = set(), set[tuple[str, str]]()
    for effect in effects:
        kinds.add(effect.kind)
        if effect.kind == "patch":
            parted = (each.rpartition(".") for each in effect.detail.split(", "))
            patched |= {(module, name) for module, _, name in parted}
    return Sought(frozenset(kinds), patched=frozenset(patched))


def _traced(interpreter: Interpreter, name: str, sought: Sought) -> Outcome:
    """Import a module and look for the lines of effects.

    A large project has more lines than are looked at: those of the modules that have the effects
    are looked at once more, and no others.
    """
    traced = interpreter.import_fresh(name, trace=sought)
    effects = [each for each in traced.effects if each.own and each.kind in sought.kinds]
    if all(each.line for each in effects if each.file):
        return traced
    files = frozenset(each.file for each in effects if each.file)
    return interpreter.import_fresh(name, trace=replace(sought, files=files))


def _import_in_turn(
    interpreter: Interpreter,
    names: Collection[str],
    installed: InstalledFiles,
    on_imported: Callable[[int], None],
) -> dict[str, Outcome]:
    """Import modules in fresh interpreters one by one, and mend after each what it has damaged."""
    outcomes = {}
    for name in names:
        outcomes[name] = interpreter.import_fresh(name)
        installed.restore()
        if _has_effects_without_line(outcomes[name]):
            outcomes[name] = _import_and_trace(interpreter, name, outcomes[name])
            installed.restore()
        on_imported(len(outcomes))
    return outcomes


def _generations(names: Collection[str]) -> Iterator[list[str]]:
    """Yield names so that each comes after the packages around it."""
    depths = sorted({name.count(".") for name in names})
    for depth in depths:
        yield sorted(name for name in names if name.count(".") == depth)


def _failed_parent(name: str, outcomes: Mapping[str, Outcome]) -> str | None:
    around = (package for package in packages_around(name) if package in outcomes)
    return next((package for package in around if not outcomes[package].loaded), None)


def _merged(seen: Outcome | None, fresh: Outcome | None) -> Outcome:
    """Return what is known of a module: the fresh verdict, the times that nothing has slowed."""
    if seen is None or fresh is None:
        known = seen or fresh
        assert known  # noqa: S101 (one of the two is there)
        return known
    if not (seen.loaded and fresh.loaded):
        return fresh
    effects = fresh.effects if _has_effects_without_line(seen) else seen.effects
    return replace(seen, effects=effects, unresolved=fresh.unresolved, attributes=fresh.attributes)
