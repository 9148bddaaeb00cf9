"""Modules that the project completes, or makes, before they run, by filling in texts."""

import re
from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.model.import_result import Outcome
from modwright_check.static.source import Source


def is_a_template(module: str, outcome: Outcome, evidence: Evidence) -> bool:
    """Return whether a failed module is a text in which a name stands for what is filled in.

    It is the one that has failed, no module imports it, and another one names its file.

    Args:
        module: Its dotted name.
        outcome: What was seen of its import.
        evidence: All that is known of the project.
    """
    source = evidence.read.get(module)
    if source is None or outcome.error != "NameError" or evidence.importers.get(module):
        return False
    failing = evidence.sources.innermost(outcome.frames)
    if failing is None or failing[0] != source.file:
        return False
    return any(True for _ in naming_the_file(module, evidence))


def is_made_of_a_template(module: str, evidence: Evidence) -> bool:
    """Return whether the wheel holds what a module that is not there is made of.

    A program of the project's makes `shop/client.py` of `shop/templates/client.py.jinja`.

    Args:
        module: Its dotted name.
        evidence: All that is known of the project.
    """
    package, _, name = module.rpartition(".")
    top = package.partition(".")[0]
    return any(
        file.parts[0] == top and file.name.startswith(f"{name}.py.") for file in evidence.files
    )


def naming_the_file(module: str, evidence: Evidence) -> Iterator[Source]:
    """Yield the sources of other modules in whose text a module's file is named.

    Args:
        module: Its dotted name.
        evidence: All that is known of the project.
    """
    named = re.compile(rf"[\"'/]{re.escape(module.rpartition('.')[2])}\.py[\"']")
    for name, source in evidence.read.items():
        if name != module and named.search(source.text):
            yield source
