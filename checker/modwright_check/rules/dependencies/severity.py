"""How much a failed import weighs: some modules are only for those who have what they import."""

import re
from collections import defaultdict
from collections.abc import Collection
from functools import cached_property

from modwright_check.index.evidence import Evidence
from modwright_check.index.importers import Importer, importers
from modwright_check.index.misplaced_modules import Search
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.model.report import Severity
from modwright_check.rules.platforms import expected_elsewhere
from modwright_check.static.for_tests import helps_to_test, is_of_tests
from modwright_check.static.optional_imports import OptionalImports, is_adapter, is_akin
from modwright_check.static.source import Where
from modwright_check.wheel.entry_point_groups import plugin_groups
from modwright_check.wheel.import_names import may_come_from
from modwright_check.wheel.modules import Module

_RUNNERS = frozenset({"pytest", "_pytest", "hypothesis", "nose", "unittest2"})


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
        for_some = self._origins.is_for_some(missing)
        if is_of_tests(module.name) or (module.name in self._on_demand and for_some):
            return Severity.INFO
        elsewhere = self._origins.declared.elsewhere.keys()
        if module.name in self._of_other_systems and may_come_from(missing, elsewhere):
            return Severity.INFO
        if any(is_akin(missing, group) for group in self._plugins.get(module.name, ())):
            return Severity.INFO  # it is the very program that loads the module
        failing = self._search.failing(module)
        lighter = None
        if for_some and self._is_named_after(module, self._in_extras):
            lighter = Severity.INFO
        elif failing and failing[0].module == module.name and is_adapter(failing[1], failing[0]):
            on_demand = for_some or module.name in self._on_demand
            lighter = Severity.INFO if on_demand else Severity.WARNING
        elif (
            for_some
            or (missing.partition(".")[0] in _RUNNERS and helps_to_test(module.name))
            or self._optional.guarded(missing)
        ):
            lighter = Severity.WARNING
        return lighter if self._is_an_option(module) else None

    def answered(self, missing: str) -> Severity | None:
        """Return how much it weighs that the project refuses to import, and says itself why.

        Args:
            missing: The module of another distribution that it misses.
        """
        if not any(outcome.loaded for outcome in self._evidence.outcomes.values()):
            return None  # that is no option
        return Severity.INFO if self._origins.is_for_some(missing) else Severity.WARNING

    def _is_an_option(self, module: Module) -> bool:
        """Return whether the package that a module belongs to imports without it."""
        package = self._evidence.outcomes.get(module.name.partition(".")[0])
        return package is None or package.loaded

    def _is_named_after(self, module: Module, names: Collection[str]) -> bool:
        """Return whether a module, or a package around it, is named after one of these."""
        inner = module.name.split(".")[1:]
        return any(is_akin(name.replace("-", "_"), part) for name in names for part in inner)

    @cached_property
    def _in_extras(self) -> frozenset[str]:
        return frozenset[str]().union(*self._origins.declared.extras.values())

    @cached_property
    def _optional(self) -> OptionalImports:
        return OptionalImports(self._evidence.read)

    @cached_property
    def _plugins(self) -> dict[str, set[str]]:
        name, place = self._evidence.about.name, self._evidence.environment.site_packages
        return plugin_groups(name, place)

    @cached_property
    def _on_demand(self) -> frozenset[str]:
        """Return the modules that others import or name, but only when they are asked to."""
        return frozenset((self._imported.keys() | self._named) - self._always)

    @cached_property
    def _always(self) -> frozenset[str]:
        """Return the modules that come in with one that users would import."""
        read = self._evidence.read
        imports = defaultdict(set)
        for name, group in self._imported.items():
            for each in group:
                if each.statement.where is Where.AT_IMPORT and each.statement.always_runs:
                    imports[each.source.module].add(name)
        waiting = [name for name in read if name not in self._imported and name not in self._named]
        waiting += [name for name in read if "." not in name]
        always: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name not in always:
                always.add(name)
                waiting += imports[name]
        return frozenset(always)

    @cached_property
    def _named(self) -> frozenset[str]:
        """Return the modules that others load by their names: `"pkg.backends.redis:Backend"`."""
        read = self._evidence.read
        words = {
            word
            for source in read.values()
            for word in re.findall(r"[\"']([\w.]+)[\"':]", source.text)
        }
        return frozenset(read.keys() & words)

    @cached_property
    def _imported(self) -> dict[str, list[Importer]]:
        return importers(self._evidence.read)

    @cached_property
    def _of_other_systems(self) -> frozenset[str]:
        return expected_elsewhere(self._evidence)
