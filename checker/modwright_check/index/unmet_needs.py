"""What modules need that the project, or Python itself, brings on some systems alone."""

from collections.abc import Iterable

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
    """Which modules stop, on which systems, for want of what is not required there.

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

    def are_met(self, module: str, systems: Iterable[str]) -> bool:
        """Return whether the project requires what brings a module, on each of these systems.

        Args:
            module: Of the standard library, on other systems: `readline`, `curses`.
            systems: Those of the table above.
        """
        there = (self._origins.declared.there(_VARIABLES[each]) for each in systems)
        return all(self._origins.names.among(module, names) for names in there)
