"""MW411: the import names of the metadata (PEP 794) are not those of the wheel."""

from collections.abc import Iterable, Iterator

from packaging.metadata import InvalidMetadata

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.module_names import is_private, with_packages
from modwright_check.model.report import Finding

_TELLS = "`import-names` in pyproject.toml"


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield names that the metadata has and the wheel does not hold, and those it leaves out.

    Nothing of metadata without import names: they are optional.

    Args:
        evidence: All that is known of the project.
    """
    try:
        names, namespaces = evidence.about.import_names, evidence.about.import_namespaces
    except InvalidMetadata:  # whoever reads it for them refuses it
        return
    if names is None and namespaces is None:
        return
    listed, shared = _plain(names or ()), _plain(namespaces or ())
    held = {name for module in evidence.modules for name in with_packages(module.name)}
    for name in sorted((listed | shared) - held):
        yield _finding(
            evidence,
            name,
            f"the metadata says that the wheel can be imported as {name}, which it does not hold",
            f"Correct {_TELLS}, or have the build back end include the module.",
        )
    for name in sorted(_left_out(held, listed, shared)) if names is not None else ():
        yield _finding(
            evidence,
            name,
            f"the wheel holds {name}, which the import names of its metadata leave out",
            f'Add it to {_TELLS}, as "{name}; private" if it is for the project alone.',
        )


def _plain(names: Iterable[str]) -> set[str]:
    """Return names without the remark that they are private."""
    return {name.partition(";")[0].strip() for name in names} - {""}


def _left_out(held: set[str], listed: set[str], shared: set[str]) -> Iterator[str]:
    """Yield the shortest names that are not in a listed package, nor lead to one."""
    leading = {around for name in listed | shared for around in with_packages(name)}
    for name in held - leading:
        package = name.rpartition(".")[0]
        is_shortest = not package or package in leading - listed
        if is_shortest and listed.isdisjoint(with_packages(name)) and not is_private(name):
            yield name


def _finding(evidence: Evidence, module: str, message: str, hint: str) -> Finding:
    file = "pyproject.toml" if evidence.project else None
    known = module if any(each.name == module for each in evidence.modules) else ""
    return finding("MW411", known, message, hint, file)
