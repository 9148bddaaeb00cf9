"""Modules of the project that are for some versions of a library."""

from collections.abc import Collection

from modwright_check.index.evidence import Evidence
from modwright_check.model.module_names import is_of_tests
from modwright_check.static.under_a_version import is_under_a_version


def is_for_a_version(module: str, libraries: Collection[str], evidence: Evidence) -> bool:
    """Return whether the others import a module only after a test of the version of a library.

    Args:
        module: Its dotted name.
        libraries: Names of the library, as imports and installers know it.
        evidence: All that is known of the project.
    """
    importers = evidence.importers.get(module, ())
    users = [each for each in importers if not is_of_tests(each.source.module)]
    return bool(users) and all(
        is_under_a_version(each.statement.context, each.source, libraries) for each in users
    )
