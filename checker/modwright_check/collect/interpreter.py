"""Configures the probe's client for a project."""

import re
from pathlib import Path

from modwright_check.index.evidence import Evidence
from modwright_check.run.probe_client import Interpreter
from modwright_check.run.sandbox import ProcessGroup
from modwright_check.static.source import Source

# An assignment to an attribute of something that is not the instance or class at hand.
_ASSIGNMENT = re.compile(
    r"^[ \t]*(?!self\.|cls\.)[A-Za-z_]\w*(\.\w+)+(\[.*\])? *=(?!=)", re.MULTILINE
)


def interpreter_for(evidence: Evidence, folder: Path) -> Interpreter:
    """Return the interpreter of an environment, configured with the project's modules.

    Args:
        evidence: What is known of the project and the environment.
        folder: Where its processes may write.
    """
    sources = evidence.sources
    files = {module.name: sources.installed(module.path) for module in evidence.modules}
    return Interpreter(
        evidence.environment,
        tuple(map(str, files.values())),
        evidence.configuration.time_limit,
        ProcessGroup(folder),
        suspects=tuple(
            str(files[name]) for name, source in evidence.read.items() if _may_patch(source)
        ),
        stubbed=tuple(name for name, file in files.items() if has_stub(file)),
    )


def has_stub(file: Path) -> bool:
    """Return whether a stub lies beside the file of a module."""
    return file.with_name(f"{file.name.partition('.')[0]}.pyi").exists()


def _may_patch(source: Source) -> bool:
    """Return whether a source may assign to attributes of other modules, or to builtins."""
    words = ("setattr(", "builtins", "__dict__", "vars(")
    return any(word in source.text for word in words) or bool(_ASSIGNMENT.search(source.text))
