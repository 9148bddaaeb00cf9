"""Modules that the project reads as texts: it looks into them, and nobody imports them."""

import re

from modwright_check.index.evidence import Evidence
from modwright_check.static.source import Source

# Of `name + "_rules.py"`, and of f"{name}_rules.py".
_END = re.compile(r"[\"'{}]([_-]\w+)\.py[\"']")
_READS = re.compile(r"\b(?:get_data|read_text|read_bytes|open)\(")
_RUNS = re.compile(r"import_module|__import__|spec_from_file|runpy|exec\(|subprocess|Popen")


def read_as_texts(evidence: Evidence) -> frozenset[str]:
    """Return the modules of a folder that another module names, with how the files' names end.

    That one reads files, and neither imports any by a name that it makes, nor has them run.

    Args:
        evidence: All that is known of the project.
    """
    return frozenset(
        name
        for source in evidence.read.values()
        if _READS.search(source.text) and not _RUNS.search(source.text)
        for end in set(_END.findall(source.text))
        for name in evidence.read.keys() - evidence.importers.keys()
        if name.endswith(end) and _names_its_folder(name, source)
    )


def _names_its_folder(name: str, source: Source) -> bool:
    folder = name.rpartition(".")[0].rpartition(".")[2]
    return re.search(rf"[\"'/]{re.escape(folder)}[\"'/]", source.text) is not None
