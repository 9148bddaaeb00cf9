"""The report of a check: the state of each module, the findings, the totals."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from modwright_check.model.facts import Fact
from modwright_check.model.part import Part

# Told what is being done, and how far it has come.
Progress = Callable[[str, str], None]


class Severity(StrEnum):
    """How much a finding weighs: only an error fails the check."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Finding:
    """Something that the check has to say of one module.

    Args:
        code: Stable, with a page in docs/findings/.
        severity: How much it weighs.
        module: The module's dotted name; empty when it is about the whole wheel.
        file: In the project, relative to its folder; None when no source is at fault.
        line: In that file, from 1 on; None when unknown.
        message: What is wrong.
        hint: What to do about it.
        traceback: The user's own frames on the way there, outermost first: file in the project
            and line.
        facts: Facts that, with the code, decide how much it weighs.
        subject: The file that it is about: findings of one code about one file are of one defect.
        is_preview: Whether its code is new, and its finding changes no exit code.
    """

    code: str
    severity: Severity
    module: str
    file: str | None
    line: int | None
    message: str
    hint: str
    traceback: tuple[tuple[str, int], ...] = ()
    facts: frozenset[Fact] = field(default=frozenset(), compare=False)
    subject: str | None = field(default=None, compare=False)
    is_preview: bool = False

    def outweighs(self, other: "Finding") -> bool:
        """Return whether this one is more severe than another finding."""
        order = [*Severity]  # the most severe first
        return order.index(self.severity) < order.index(other.severity)


@dataclass(frozen=True)
class ModuleResult:
    """The state of one module.

    Args:
        name: Its dotted name.
        findings: What there is to say of it.
        import_ms: Milliseconds of `import name` in a fresh interpreter, with all that it imports;
            None when the import did not end.
        self_ms: Milliseconds of that spent in the module's own code; None when unknown.
        modules_loaded: How many modules the import loads, which no load of the machine changes;
            None when unknown.
        imported: Whether it could be imported; why it could not, a finding tells.
    """

    name: str
    findings: tuple[Finding, ...] = ()
    import_ms: float | None = None
    self_ms: float | None = None
    modules_loaded: int | None = None
    imported: bool = True

    @property
    def status(self) -> str:
        """Return `error`, `warning` or `ok`."""
        severities = {finding.severity for finding in self.findings}
        worst = next((s for s in (Severity.ERROR, Severity.WARNING) if s in severities), None)
        return worst.value if worst else "ok"


@dataclass(frozen=True)
class ImportTime:
    """The time of one import, and of the imports within it.

    Args:
        name: The module that is imported, of whatever distribution.
        total_ms: Milliseconds with all that it imports.
        self_ms: Milliseconds in its own code.
        children: What it imports that nothing has imported before.
    """

    name: str
    total_ms: float
    self_ms: float
    children: tuple["ImportTime", ...] = ()


class Identity(NamedTuple):
    """By what a finding is known again when lines above it, or other things about it, change.

    Args:
        code: Of the finding.
        module: Its dotted name; empty when it is about the whole wheel.
        message: What is wrong, without whole numbers.
    """

    code: str
    module: str
    message: str


@dataclass(frozen=True)
class Baseline:
    """What a report leaves out, for a team knows it already.

    Args:
        file: That holds it, as it was named.
        known: Findings that are in it.
        gone: What is in it and was not found any more.
        not_looked_for: What is in it and was not asked for, by code, module or environment.
        is_there: Whether there was a file.
        added: How many findings it had not held and holds now; None when it was not written.
    """

    file: str
    known: tuple[Finding, ...] = ()
    gone: tuple[Identity, ...] = ()
    not_looked_for: tuple[Identity, ...] = ()
    is_there: bool = True
    added: int | None = None


# What modules wait for that fail here, and not where it is.
_WAITS_FOR = {
    Fact.OF_A_CHOICE: "the library that is needed is for users to choose",
    Fact.OF_THE_SYSTEM: "this machine lacks what is needed of the system",
    Fact.HEADLESS: "this machine has no display",
}


@dataclass(frozen=True)
class Report:
    """The outcome of one check.

    Args:
        project: The distribution's name.
        version: The distribution's version.
        python: The version of the interpreter that imported the modules.
        modules: In the order of their names.
        seconds: Wall time of the whole check.
        general: Findings about the wheel as a whole.
        imports: The project's own modules that each of its modules imports at import time.
        cycles: The cycles that break an import, each a chain of module names.
        import_times: Where the time goes, a tree for each import measured.
        not_checked: Sentences: what could not be checked, and why.
        baseline: What is left out; None when the project has no baseline.
        standard_modules: The names at the top of the interpreter's standard library.
        part: Which of the wheel's modules were looked at; None for all.
        lazy_imports: The project's own modules that each of its modules imports when a name of
            theirs is first used (PEP 810).
    """

    project: str
    version: str
    python: str
    modules: tuple[ModuleResult, ...]
    seconds: float
    general: tuple[Finding, ...] = ()
    imports: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cycles: tuple[tuple[str, ...], ...] = ()
    import_times: tuple[ImportTime, ...] = ()
    not_checked: tuple[str, ...] = ()
    baseline: Baseline | None = None
    standard_modules: frozenset[str] = frozenset()
    part: Part | None = None
    lazy_imports: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def findings(self) -> list[Finding]:
        """Return all findings, in the order of the modules."""
        return [*self.general, *(f for module in self.modules for f in module.findings)]

    @property
    def waiting(self) -> Mapping[str, str]:
        """Return the modules that are imported only with what no wheel brings, and what that is."""
        return {
            module.name: lack
            for module in self.modules
            if not module.imported
            for found in module.findings
            for fact, lack in _WAITS_FOR.items()
            if fact in found.facts and found.severity is Severity.INFO
        }

    @property
    def imported(self) -> int:
        """Return how many modules could be imported."""
        return sum(module.imported for module in self.modules)

    def count(self, severity: Severity) -> int:
        """Return how many findings weigh this much."""
        return sum(finding.severity is severity for finding in self.findings)

    def fails(self, *, strict: bool) -> bool:
        """Return whether the check has failed: by an error, or with `strict` by a warning.

        What a preview code says fails no check.
        """
        weighty = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
        return any(
            finding.severity in weighty and not finding.is_preview for finding in self.findings
        )
