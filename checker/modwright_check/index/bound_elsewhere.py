"""Names that a module binds on other systems, or Pythons, alone."""

import re

from modwright_check.index.evidence import Evidence
from modwright_check.model.import_result import Failed
from modwright_check.static.conditions import Asks

_NO_NAME = re.compile(r"cannot import name '(?P<name>\w+)' from '(?P<module>[\w.]+)'")


def is_bound_elsewhere(
    module: str, name: str, evidence: Evidence, asks: Asks = Asks.PLATFORM | Asks.VERSION
) -> bool:
    """Return whether a module binds a name under a test of the system or the version alone.

    Args:
        module: Its dotted name.
        name: In that module.
        evidence: All that is known of the project.
        asks: What the test may be of.
    """
    source = evidence.read.get(module)
    bindings = [each for each in (source.bindings if source else ()) if each.name == name]
    return bool(bindings) and all(
        each.context is not None and bool(each.context.asks & asks) for each in bindings
    )


def misses_a_name_of_another_system(failure: Failed, evidence: Evidence) -> bool:
    """Return whether an import misses a name that a module of the project has elsewhere alone.

    Args:
        failure: Of the import.
        evidence: All that is known of the project.
    """
    said = _NO_NAME.match(failure.message) if failure.error == "ImportError" else None
    return said is not None and is_bound_elsewhere(
        said["module"], said["name"], evidence, Asks.PLATFORM
    )
