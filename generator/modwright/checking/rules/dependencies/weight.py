"""How much a failed import weighs: some modules are only for those who have what they import."""

from functools import cached_property

from modwright.checking.discovery import Module
from modwright.checking.evidence import Evidence
from modwright.checking.reading.import_names import may_come_from
from modwright.checking.reading.importers import Importer, importers
from modwright.checking.reading.misplaced import Search
from modwright.checking.reading.optional_imports import is_adapter
from modwright.checking.reading.origins import Origin, Origins
from modwright.checking.reading.source import Where
from modwright.checking.report import Severity
from modwright.checking.rules.platforms import expected_elsewhere


class Weights:
    """How much the failed imports of a project weigh.

    Args:
        evidence: All that is known of it.
        origins: Where modules come from.
    """

    def __init__(self, evidence: Evidence, origins: Origins) -> None:
        self._evidence = evidence
        self._origins = origins
        self._search = Search(evidence, origins)

    def weight(self, module: Module, missing: str) -> Severity | None:
        """Return how much a failed import weighs; None when as much as any.

        Args:
            module: That has failed.
            missing: The module of another distribution that it misses.
        """
        if self._origins.of(missing) is Origin.HOST:
            return Severity.INFO
        elsewhere = frozenset(self._origins.declared.elsewhere)
        for_some = elsewhere.union(*self._origins.declared.extras.values())
        if module.name in self._on_demand and may_come_from(missing, for_some):
            return Severity.INFO
        if module.name in self._of_other_systems and may_come_from(missing, elsewhere):
            return Severity.INFO
        failing = self._search.failing(module)
        if failing and failing[0].module == module.name and is_adapter(failing[1], failing[0]):
            return Severity.WARNING if module.name not in self._always else None
        return None

    @cached_property
    def _on_demand(self) -> frozenset[str]:
        """Return the modules that others import, but only under a guard or in functions."""
        return frozenset(self._imported) - self._always

    @cached_property
    def _always(self) -> frozenset[str]:
        """Return the modules that some other one imports whatever may come."""
        return frozenset(
            name
            for name, group in self._imported.items()
            for statement in (each.statement for each in group)
            if statement.where is Where.AT_IMPORT
            and not (statement.guarded or statement.platforms or statement.main)
        )

    @cached_property
    def _imported(self) -> dict[str, list[Importer]]:
        return importers(self._evidence.read)

    @cached_property
    def _of_other_systems(self) -> frozenset[str]:
        return expected_elsewhere(self._evidence)
