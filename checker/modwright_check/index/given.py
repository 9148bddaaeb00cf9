"""Indexes that are built from a part of the evidence: `evidence.index(optional_imports)`."""

from packaging.utils import canonicalize_name

from modwright_check.index.evidence import Evidence
from modwright_check.static.optional_imports import OptionalImports
from modwright_check.wheel.import_names import ImportNames


def optional_imports(evidence: Evidence) -> OptionalImports:
    """Return which imports the project knows to be optional."""
    return OptionalImports(evidence.read)


def import_names(evidence: Evidence) -> ImportNames:
    """Return under which names distributions import, those that the configuration tells too."""
    return ImportNames(evidence.configuration.package_module_names)


def modules_of_declared(evidence: Evidence) -> frozenset[str]:
    """Return the top-level modules of declared distributions, be it for some Pythons only.

    Judged by the names of these: `standard-imghdr` brings back a part of the standard library.
    """
    declared = {canonicalize_name(each.name) for each in evidence.about.requires_dist or ()}
    declared.add(canonicalize_name(evidence.about.name))
    names = evidence.index(import_names)
    by_declared = {module for name in declared for module in names.modules(name)}
    return frozenset(by_declared | {name.removeprefix("standard-") for name in declared})
