"""What modules do at import besides defining things, as the probe and their sources show it."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from modwright_check.index.acts import ActsAtImport, Done
from modwright_check.index.branches import Branches
from modwright_check.index.evidence import Evidence
from modwright_check.index.extension_failures import Extensions
from modwright_check.index.module_origins import Origins
from modwright_check.model.import_result import Effect, Outcome
from modwright_check.model.module_names import packages_around
from modwright_check.rules import platforms, versions
from modwright_check.rules.own_data import is_of_a_log, is_of_native_threads
from modwright_check.static.ended_threads import is_waited_for
from modwright_check.static.mock_patches import mock_patches
from modwright_check.static.patches import patches
from modwright_check.static.process_wide_names import NOT_PICKLED
from modwright_check.wheel.modules import Module

# Of a file in the project, or the installed one of another: of some effects no line is known.
Place = tuple[str, int | None]

_OF_EXTENSIONS = {"output", "native thread"}


class Effects:
    """The effects of all modules that no other finding tells of.

    Args:
        evidence: All that is known of the project.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._extensions = Extensions(evidence)
        # What a module for another system or Python does where it fails, it does not do there.
        of_other_pythons = evidence.index(versions.expected_elsewhere)
        failing = {name for name in of_other_pythons if not evidence.imports_well(name)}
        self._not_for_here = evidence.index(platforms.expected_elsewhere) | failing
        self._patches = {each.name: list(of_patches(each, evidence)) for each in evidence.modules}
        self._patched = {each.detail for effects in self._patches.values() for each in effects}
        self._patched |= {*_patched_at_a_line(evidence)}

    def of(self, module: Module) -> Iterator[Effect]:
        """Yield what happens when a module is imported.

        Args:
            module: Of the wheel.
        """
        seen = self.seen(module)
        for effect in (*seen, *self._patches[module.name], *self._process_wide[module.name]):
            if not self._is_told_otherwise(effect, module, seen):
                yield effect

    def seen(self, module: Module) -> Sequence[Effect]:
        """Return what the probe has seen; of patches from no known line, what no other line does.

        Args:
            module: Of the wheel.
        """
        by_itself = of_import(module.name, self._evidence)
        return () if module.name in self._not_for_here else [*self._without_patched(by_itself)]

    def _without_patched(self, effects: Iterable[Effect]) -> Iterator[Effect]:
        for effect in effects:
            if effect.kind != "patch" or effect.line is not None:
                yield effect
            elif names := [each for each in effect.detail.split(", ") if each not in self._patched]:
                yield effect._replace(detail=", ".join(names))

    def _is_told_otherwise(self, effect: Effect, module: Module, seen: Sequence[Effect]) -> bool:
        match effect.kind:
            case "patch" if _where(effect, self._evidence) in self._kept:
                return True  # so the function that is called there keeps what it is told
            case "output" | "native thread" if self._extensions.behind(module, effect):
                return True  # MW806 reports it
            case "native thread" if self._threaded & {*packages_around(module.name)}:
                return True  # they begin when they please: an extension of the package has them
            case "native thread" if effect.line is None and self._brings_threads(module.name):
                return True  # they are told at the line of the module that it brings in
            case "thread" if self._is_over(effect):
                return True  # the module undoes what it does
            case "holder" if self._is_seen_there(effect, seen):
                return True  # what is heard says the same
            case "atexit" if not effect.own:
                return True  # as logging and concurrent.futures of the standard library do
        return is_of_native_threads(effect, seen) or is_of_a_log(effect, seen)

    def _is_over(self, effect: Effect) -> bool:
        """Return whether the line that starts a thread stands in a block that waits for its end."""
        place = place_of(effect, self._evidence)
        source = self._evidence.by_file.get(place[0]) if place else None
        line = place[1] if place else None
        return source is not None and line is not None and is_waited_for(source, line)

    def _is_seen_there(self, effect: Effect, seen: Iterable[Effect]) -> bool:
        place = place_of(effect, self._evidence)
        return any(
            each.kind == "interpreter" and place_of(each, self._evidence) == place for each in seen
        )

    def _brings_threads(self, module: str) -> bool:
        """Return whether an import brings in another module that starts native threads at a line.

        Of how many there are, the difference tells, and not whose they are.
        """
        return any(
            each.name in self._threaded_at_a_line and each.name != module
            for each in self._evidence.outcomes[module].loads
        )

    @cached_property
    def _threaded_at_a_line(self) -> set[str]:
        """The modules of which a line starts native threads, in whatever import that was seen."""
        seen = (
            self._evidence.sources.innermost([(effect.file, effect.line)])
            for name in self._threaded
            for effect in self._evidence.outcomes[name].effects
            if effect.kind == "native thread" and effect.file and effect.line
        )
        names = self._evidence.names_by_file
        return {names[place[0]] for place in seen if place and place[0] in names}

    @cached_property
    def _process_wide(self) -> dict[str, list[Effect]]:
        branches = self._evidence.index(Branches)
        done = self._evidence.index_of_sources(ActsAtImport).always
        return {
            each.name: list(
                _process_wide(
                    each, (*done.get(each.name, ()), *branches.acts(each)), self._evidence
                )
            )
            for each in self._evidence.modules
        }

    @cached_property
    def _kept(self) -> set[tuple[Place | None, str]]:
        effects = (each for group in self._process_wide.values() for each in group)
        return {_where(effect, self._evidence) for effect in effects}

    @cached_property
    def _threaded(self) -> set[str]:
        return {
            name
            for name, outcome in self._evidence.outcomes.items()
            if any(effect.kind == "native thread" for effect in outcome.effects)
        }


def of_import(module: str, evidence: Evidence) -> tuple[Effect, ...]:
    """Return the effects of an import; a program that has run is reported as MW904.

    Args:
        module: Its dotted name.
        evidence: What is known of the project.
    """
    outcome = evidence.outcomes.get(module)
    if outcome is None or _is_a_program(module, outcome, evidence):
        return ()
    return outcome.effects


def of_patches(module: Module, evidence: Evidence) -> Iterator[Effect]:
    """Yield what a module assigns to others' modules and classes, as its source says.

    Of those, the probe sees only what is a function or class of the project's own: libraries change
    themselves as they go on.

    Args:
        module: Of the wheel.
        evidence: What is known of the project.
    """
    source, outcome = evidence.read.get(module.name), evidence.outcomes.get(module.name)
    if source is None or outcome is None or not outcome.loaded:
        return
    file = str(evidence.sources.installed(module.path))
    seen = {place_of(effect, evidence) for effect in outcome.effects if effect.kind == "patch"}
    in_branches = evidence.index(Branches).patches(module)
    own = (*patches(source, evidence.standard), *in_branches, *mock_patches(source))
    for name, line, made in own:
        if (source.file, line) in seen or evidence.sources.answers_for(name):
            continue
        if made and _is_nobodys(name, evidence):
            yield Effect("addition", f"{name} to sys.modules", file, line, own=True)
        elif "." not in name or not _is_nobodys(name.partition(".")[0], evidence):
            yield Effect("patch", name, file, line, own=True)


def _patched_at_a_line(evidence: Evidence) -> Iterator[str]:
    """Yield what the probe has seen a line change in others' modules, in whatever import it was."""
    for outcome in evidence.outcomes.values():
        for effect in outcome.effects:
            if effect.kind == "patch" and effect.own and effect.line is not None:
                yield from effect.detail.split(", ")


def place_of(effect: Effect, evidence: Evidence) -> Place | None:
    """Return the file and the line of an effect; of some, nothing but the module is known.

    Args:
        effect: Of an import.
        evidence: What is known of the project.
    """
    found = evidence.sources.innermost([(effect.file, effect.line or 1)]) if effect.file else None
    return (found[0], effect.line) if found else None


def _where(effect: Effect, evidence: Evidence) -> tuple[Place | None, str]:
    """Return the line that has an effect, and the top-level module that it is about."""
    return place_of(effect, evidence), effect.detail.partition(".")[0]


def _process_wide(module: Module, done: Iterable[Done], evidence: Evidence) -> Iterator[Effect]:
    """Yield what a module that has been imported does to the whole program, as its source says.

    There is no event for it, and the state of a generator tells nothing of who has seeded it.
    """
    outcome = evidence.outcomes.get(module.name)
    if outcome is None or not outcome.loaded or _is_a_program(module.name, outcome, evidence):
        return
    file = str(evidence.sources.installed(module.path))
    for (kind, name, line, about), way in done:
        top = name.partition(".")[0]
        if kind in {"logger", "log filter", "silent handler"} and not _is_of_another(top, evidence):
            continue
        if kind in {"seed", "setting", "holder"} and evidence.sources.answers_for(top):
            continue
        told_as = "registration" if about and _is_met_on_purpose(about, evidence) else kind
        detail = f"the generator of {name.rpartition('.')[0]}" if kind == "seed" else name
        yield Effect(told_as, detail, file, line, own=True, way=way)


def _is_met_on_purpose(written: str, evidence: Evidence) -> bool:
    """Return whether only those meet how a class is written who pickle or store it themselves.

    So do they with a class of a library, and with one that cannot be pickled without it.
    """
    return written in NOT_PICKLED or written.partition(".")[0] not in evidence.standard.names


def _is_nobodys(module: str, evidence: Evidence) -> bool:
    """Return whether neither the standard library nor what is installed has such a module."""
    return not (evidence.standard.holds(module) or evidence.index(Origins).holds(module))


def _is_of_another(top: str, evidence: Evidence) -> bool:
    """Return whether a logger is named after a module of somebody else."""
    if evidence.sources.answers_for(top):
        return False
    place = evidence.environment.site_packages / top
    return top in evidence.standard.names or place.is_dir() or place.with_suffix(".py").is_file()


def _is_a_program(module: str, outcome: Outcome, evidence: Evidence) -> bool:
    source = evidence.read.get(module)
    guarded = source is not None and source.main_guard is not None
    return module.endswith(".__main__") and not (guarded and outcome.loaded)
