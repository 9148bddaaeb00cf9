"""Modules that the project reads as texts, to fill in what they leave open."""

import re

from modwright_check.index.evidence import Evidence
from modwright_check.model.import_result import Outcome


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
    file = re.compile(rf"[\"'/]{re.escape(module.rpartition('.')[2])}\.py[\"']")
    return any(file.search(other.text) for name, other in evidence.read.items() if name != module)
