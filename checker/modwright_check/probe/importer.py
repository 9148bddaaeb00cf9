"""One import: the statement, its verdict, its cost, its effects."""

from __future__ import annotations

import sys
from time import perf_counter_ns

from . import strains
from .failure import described
from .loading import Loading

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from .effects import Recorder

_import, _set, _len = __import__, set, len


class Importer:
    """Imports modules in one process and what is forked from it.

    Args:
        loading: The loads of this process.
        recorder: Notes the effects; None when nobody asks for them.
        strain: The circumstances under which to import.
    """

    def __init__(
        self, loading: Loading, recorder: Recorder | None, strain: Collection[str]
    ) -> None:
        self.loading = loading
        self.recorder = recorder
        self.strain = strain
        self.loaded_before = 0
        self.ahead: list[dict[str, Any]] = []  # what was seen of imports that are part of others

    def begin(self) -> None:
        """Count from now on which modules are loaded."""
        self.loaded_before = _len(sys.modules)

    def import_module(self, name: str) -> dict[str, Any]:
        """Import the module `name`; return what was seen of it."""
        outcome = self._watch(name)
        for ahead in reversed(self.ahead):
            outcome["import_ns"] += ahead["import_ns"]
            outcome["loads"][:0] = [
                (name, depth + 1, *rest) for name, depth, *rest in ahead["loads"]
            ]
            outcome["effects"][:0] = ahead["effects"]
        return outcome

    def import_ahead(self, name: str) -> bool:
        """Import what every module that is imported from now on would import first.

        Returns:
            Whether it could be imported.
        """
        outcome = self._watch(name)
        self.ahead.append(outcome)
        return "error" not in outcome

    def _watch(self, name: str) -> dict[str, Any]:
        loading, recorder, modules = self.loading, self.recorder, sys.modules
        loading.finished.clear()
        handed, known = loading.stack[0].handed_ns, _set(loading.own_names.values())

        def statement() -> None:
            loading.move_here()
            _import(name)

        if recorder:
            recorder.listen()
        began = perf_counter_ns()
        try:
            strains.under(self.strain, statement)
        except BaseException as error:  # noqa: BLE001 (SystemExit above all)
            by_clock = perf_counter_ns() - began
            outcome = described(error)
        else:
            by_clock = perf_counter_ns() - began
            outcome = {"file": _origin(modules.get(name))}
        effects = recorder.stop() if recorder else []
        del loading.stack[1:]  # an exception may have left some
        outcome["import_ns"] = by_clock + loading.stack[0].handed_ns - handed
        outcome["loads"] = loading.finished.copy()
        outcome["loaded"] = _len(modules) - self.loaded_before
        outcome["asyncio"] = "asyncio" in modules
        brought = [new for new in loading.own_names.values() if new not in known]
        outcome["brought"] = brought
        # Those that have failed, while whoever imported them has gone on without.
        outcome["lost"] = [each for each in brought if each not in modules]
        outcome["aliases"] = loading.aliases.copy()
        outcome["effects"] = effects
        return outcome


def _origin(module: object) -> str | None:
    try:
        spec = getattr(module, "__spec__", None)
        # A stand-in may have taken over the `__spec__` of what it stands for.
        origin = getattr(module, "__file__", None) or getattr(spec, "origin", None)
    except BaseException:  # noqa: BLE001 (what stands in for a module may refuse every attribute)
        return None
    return origin if type(origin) is str else None
