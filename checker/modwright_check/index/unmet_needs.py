"""What modules need that the project, or Python itself, brings on some systems alone."""

from collections.abc import Callable, Iterable, Mapping

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.static.source import Source, Where

# What markers of requirements find on each system (PEP 508).
_VARIABLES = {
    "windows": {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"},
    "linux": {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
    "macos": {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin"},
}


class UnmetNeeds:
    """What modules need on which systems, where it is required and where it is not.

    Args:
        evidence: All that is known of the project.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._origins = evidence.index(Origins)

    def stop(self, source: Source, line: int, systems: Iterable[str]) -> bool:
        """Return whether a module does not get to a line on any of these systems.

        Args:
            source: The module.
            line: From 1 on.
            systems: Those of the table above.
        """
        brought = {
            distribution.name
            for each in source.imports
            if each.line < line and each.where is Where.AT_IMPORT and each.always_runs
            if not each.module.startswith(".")
            for module in self._origins.imported(each)
            if self._origins.of(module) is Origin.INSTALLED
            for distribution in self._origins.bringing(module)
        }
        declared = self._origins.declared
        return all(brought & declared.without(_VARIABLES[system]) for system in systems)

    def met(
        self, modules: Iterable[str], lacking: Iterable[str], having: Iterable[str]
    ) -> frozenset[str]:
        """Return the modules that requirements bring to each system that does not have them.

        Judged by the names of what is required there alone, which cannot be installed here:
        `windows-curses` brings `curses`, and `pyreadline3` is known to bring `readline`.

        Args:
            modules: Of the standard library of some systems.
            lacking: The systems that do not have them.
            having: Those that have them.
        """
        return self._met(modules, lacking, having, self._origins.declared.where)

    def met_for_some(
        self, modules: Iterable[str], lacking: Iterable[str], having: Iterable[str]
    ) -> frozenset[str]:
        """Return the modules that each system gets so, if users there ask for an extra.

        Args:
            modules: Of the standard library of some systems.
            lacking: The systems that do not have them.
            having: Those that have them.
        """
        return self._met(modules, lacking, having, self._origins.declared.where_asked_for)

    def _met(
        self,
        modules: Iterable[str],
        lacking: Iterable[str],
        having: Iterable[str],
        where: Callable[[Mapping[str, str]], frozenset[str]],
    ) -> frozenset[str]:
        anyway = frozenset(name for system in having for name in where(_VARIABLES[system]))
        added = [where(_VARIABLES[system]) - anyway for system in lacking]
        return frozenset(
            module for module in modules if all(self._bring(names, module) for names in added)
        )

    def _bring(self, distributions: frozenset[str], module: str) -> bool:
        known = self._origins.names.among(module, distributions) is not None
        return known or any(module in name.split("-") for name in distributions)
