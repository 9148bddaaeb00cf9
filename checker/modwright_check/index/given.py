"""Indexes that are built from a part of the evidence: `evidence.index(optional_imports)`."""

from modwright_check.index.evidence import Evidence
from modwright_check.static.optional_imports import OptionalImports
from modwright_check.wheel.import_names import ImportNames


def optional_imports(evidence: Evidence) -> OptionalImports:
    """Return which imports the project knows to be optional."""
    return OptionalImports(evidence.read)


def import_names(evidence: Evidence) -> ImportNames:
    """Return under which names distributions import, those that the configuration tells too."""
    return ImportNames(evidence.configuration.package_module_names)
