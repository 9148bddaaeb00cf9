"""How the others come by a module whose own import fails: well, or for type checkers alone."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from modwright_check.index.evidence import Evidence
from modwright_check.index.types_alone import facts_about, for_types_alone
from modwright_check.model.facts import Fact
from modwright_check.model.module_names import is_of_tests, private_parts
from modwright_check.static.source import Where
from modwright_check.wheel.entry_point_groups import entry_point_groups


def ways_to(failing: Iterable[str], evidence: Evidence) -> Mapping[str, frozenset[Fact]]:
    """Return for each module that fails on its own what the others have to do with it.

    Args:
        failing: Their names.
        evidence: All that is known of the project.
    """
    begun = entry_point_groups(evidence.about.name, evidence.environment.site_packages).keys()
    return {name: frozenset(_facts(name, begun, evidence)) for name in failing}


def _facts(module: str, begun: Collection[str], evidence: Evidence) -> Iterator[Fact]:
    yield from facts_about(module, evidence.index(for_types_alone), evidence)
    if _is_brought(module, begun, evidence):
        yield Fact.BROUGHT


def _is_brought(module: str, begun: Collection[str], evidence: Evidence) -> bool:
    """Return whether a less private module brings one in at its import, and fails if it fails.

    It may do so by way of others. What a command of the project begins with is public in that
    sense, whatever it is called: it is told of it as well if it fails.
    """
    depth = private_parts(module)
    waiting, seen = [module], {module}
    while waiting:
        more = set(_imported_by(waiting.pop(), evidence)) - seen
        if any(private_parts(each) < depth or each in begun for each in more):
            return True
        seen |= more
        waiting += more
    return False


def _imported_by(module: str, evidence: Evidence) -> Iterator[str]:
    """Yield the modules, tests left aside, that cannot be imported without one."""
    for each in evidence.importers.get(module, ()):
        at_import = each.statement.where is Where.AT_IMPORT and each.statement.always_runs
        if at_import and not is_of_tests(each.source.module):
            yield each.source.module
