"""The result of an import."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from modwright_check.model.steady import steady

Frame = tuple[str, int]

# How Python says that it was asked for something of a module that is still being imported. The
# last one is of a submodule that has begun to load but is not yet its package's attribute.
PARTIAL = re.compile(
    r"partially initialized module '(?P<module>[\w.]+)'"
    r"|cannot access submodule '(?P<submodule>\w+)' of module '(?P<package>[\w.]+)'"
)
# How it says that a module has no such attribute, and maybe no such submodule.
NO_ATTRIBUTE = re.compile(r"module '(?P<module>[\w.]+)' has no attribute '(?P<name>\w+)'")
# In `Evidence.strained`: what fails without an account although there is a home.
EVEN_WITH_A_HOME = "MW715 with a home"


class Failed(Protocol):
    """What is known of a failure, be it of an import or of a script."""

    @property
    def error(self) -> str | None:
        """The exception's class."""

    @property
    def message(self) -> str:
        """Its text."""

    @property
    def frames(self) -> Sequence[Frame]:
        """Files and lines of the stack, the innermost last."""


class Step(NamedTuple):
    """A function on the way to what a module does.

    Args:
        function: Its name.
        file: Where it stands.
        line: Where it goes on, or does it.
    """

    function: str
    file: str
    line: int


class Effect(NamedTuple):
    """Something that a module does at import beyond defining things.

    Args:
        kind: One of the words of `rules/side_effects.py`.
        detail: What exactly.
        file: Of the module that was being imported; None when only a difference was seen.
        line: In that file.
        own: Whether the project does it; not, when another distribution does on its own account.
        way: From that line to the one that does it, through functions of the project's other
            modules.
    """

    kind: str
    detail: str
    file: str | None
    line: int | None
    own: bool
    way: tuple[Step, ...] = ()


class Loaded(NamedTuple):
    """A module that came in with an import, those that it needs before itself.

    Args:
        name: Its dotted name.
        depth: How many imports lie around it, and itself: from 1 on.
        total_ns: Nanoseconds with all that it imports.
        self_ns: Nanoseconds of its own code.
        modules: How many came in with it, itself among them.
    """

    name: str
    depth: int
    total_ns: int
    self_ns: int
    modules: int


class Failure(NamedTuple):
    """An exception, described.

    Args:
        error: Its class; None when there was none, for the process has ended.
        message: Its text, or how the process has ended.
        missing: The name that a ModuleNotFoundError missed.
        source: The module that an ImportError or AttributeError found something missing in.
        frames: Files and lines of the stack, the innermost last.
        asks_the_network: Whether the network was asked for something before.
    """

    error: str | None
    message: str
    missing: str | None
    source: str | None
    frames: tuple[Frame, ...]
    asks_the_network: bool = False


class Unresolved(NamedTuple):
    """An export that is not there when it is asked for.

    Args:
        how: `__all__` or `lazy`; `list` for a `__all__` that cannot be gone through; `replaced`
            for a lazy one that is something else when it is asked for again; `unknown` for a name
            that nobody exports, where the module raises anything but AttributeError.
        entry: The name.
        failure: What happened; of a replaced one, what it is then.
    """

    how: str
    entry: str
    failure: Failure


@dataclass(frozen=True)
class Outcome:
    """What was seen of one import.

    Args:
        loaded: Whether the probe gave its positive sign and no exception.
        exit_code: Of the process: negative for the number of a signal. None when time was over.
        time_limit: Seconds that it had.
        file: The file that the module came from, as the module says.
        import_ms: Milliseconds of the import, with all that it imports.
        self_ms: Milliseconds of the module's own code.
        modules_loaded: How many modules the import brings into sys.modules.
        loads_asyncio: Whether asyncio is among them.
        error: The exception's class.
        defined_in: The module that the class says it is of.
        exits: Whether that is a SystemExit.
        message: The exception's text.
        missing: The name that a ModuleNotFoundError missed.
        source: The module that an ImportError or AttributeError found something missing in.
        frames: Files and lines of the stack, the innermost last.
        killed_parent: Whether it has ended the process that waited for it.
        excess: Of what it has taken so much that it was ended, in words; empty otherwise.
        effects: In their order.
        loads: What came in with it.
        unresolved: Exports that are not there.
        aliases: Files that were loaded under two names: file, first, second.
        attributes: What the module holds; None when nobody has asked.
        needs_first: Another module of the project after whose import this one succeeds.
    """

    loaded: bool
    exit_code: int | None
    time_limit: float
    file: str | None = None
    import_ms: float | None = None
    self_ms: float | None = None
    modules_loaded: int | None = None
    loads_asyncio: bool = False
    error: str | None = None
    defined_in: str = ""
    exits: bool = False
    message: str = ""
    missing: str | None = None
    source: str | None = None
    frames: tuple[Frame, ...] = ()
    killed_parent: bool = False
    excess: str = ""
    effects: tuple[Effect, ...] = ()
    loads: Iterable[Loaded] = ()
    unresolved: tuple[Unresolved, ...] = ()
    aliases: tuple[tuple[str, str, str], ...] = ()
    attributes: frozenset[str] | None = None
    needs_first: str | None = None

    @property
    def ran_out_of_time(self) -> bool:
        """Return whether the import was still going on when its time was over."""
        told = self.loaded or self.error or self.killed_parent or self.excess
        return not told and self.exit_code is None

    @property
    def lacks(self) -> str | None:
        """Return, with its module, the attribute that a module did not have: a submodule maybe."""
        said = NO_ATTRIBUTE.search(self.message) if self.error == "AttributeError" else None
        return f"{said['module']}.{said['name']}" if said else None


def as_failure(seen: dict[str, Any]) -> Failure:
    """Return an exception as the probe has described it."""
    return Failure(
        str(seen.get("error")),
        steady(str(seen.get("message"))),
        seen.get("missing"),
        seen.get("source"),
        tuple((file, line) for file, line in seen.get("frames", ())),
        bool(seen.get("asks_the_network")),
    )


def as_outcome(
    seen: dict[str, Any],
    name: str,
    exit_code: int | None,
    time_limit: float,
    *,
    unresolved: tuple[Unresolved, ...] = (),
    attributes: list[str] | None = None,
    before_ns: int = 0,
) -> Outcome:
    """Return an import as the probe has described it.

    Args:
        seen: What the probe has written.
        name: The module.
        exit_code: Of its process.
        time_limit: Seconds that it had.
        unresolved: Its exports that are not there.
        attributes: What it holds.
        before_ns: Nanoseconds that its parents have taken before it, in other processes.
    """
    loads = tuple(Loaded(*load) for load in seen["loads"])
    failure = as_failure(seen)
    return Outcome(
        loaded="error" not in seen,
        exit_code=exit_code,
        time_limit=time_limit,
        file=seen.get("file"),
        import_ms=(before_ns + seen["import_ns"]) / 1e6,
        self_ms=next((load.self_ns / 1e6 for load in loads if load.name == name), None),
        modules_loaded=seen["loaded"],
        loads_asyncio=seen["asyncio"],
        error=seen.get("error"),
        defined_in=seen.get("defined_in", ""),
        exits=seen.get("exits", False),
        message=failure.message if "error" in seen else "",
        missing=failure.missing,
        source=failure.source,
        frames=failure.frames,
        effects=tuple(_as_effect(*effect) for effect in seen["effects"]),
        loads=loads,
        unresolved=unresolved,
        aliases=tuple((file, first, second) for file, first, second in seen["aliases"]),
        attributes=None if attributes is None else frozenset(attributes),
    )


def _as_effect(kind: str, detail: str, *place: Any) -> Effect:
    """Return an effect without parts that differ between processes, such as temporary paths."""
    file, line, own, way = place
    return Effect(kind, steady(detail), file, line, own, tuple(Step(*each) for each in way))
