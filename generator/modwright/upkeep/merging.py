"""Three trees made one: what the template was, what it is, and what the project has become."""

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from modwright.errors import UsageFailed
from modwright.git import run_git
from modwright.upkeep.hunks import SIZE, Conflict, parse, place, written
from modwright.upkeep.line_ends import ended_as_in
from modwright.upkeep.resolving import resolved
from modwright.upkeep.trees import GONE, Checkout

SETTINGS = (
    "merge.conflictStyle=zdiff3",
    "merge.directoryRenames=true",
    "merge.renames=true",
    "merge.renameLimit=0",
)
OLDEST_GIT = "2.38"  # `git merge-tree --write-tree`
NAMES = ("yours", "the template before", "the template now")
YOURS, TEMPLATE = 2, 3  # as git counts the stages of a file in conflict
Fate = Literal["asked", "stays", "goes"]  # a person is asked about it, or it is settled
IN_NO_WAY = "both have changed it, in ways that cannot be put together"
# A conflict of a file as a whole, by the word that git has for it.
IN_WORDS = {
    "delete": "the template has removed it, and you have changed it",
    "rename": "both have moved it",
    "directory": "it is a file here and a folder there",
}


@dataclass(frozen=True)
class Stage:
    """One of the versions of a file in conflict, as `git ls-files --stage` shows them."""

    mode: str
    blob: str
    number: int
    path: str


@dataclass(frozen=True)
class Clash:
    """A place where project and template want different things.

    Args:
        file: Its path in the project.
        line: Where the markers begin; None when the file as a whole is meant.
        what: What is wrong, in words.
        before: The lines as they were.
        yours: As the project has them.
        template: As the template wants them.
        reason: Why it does, as far as its history tells.
    """

    file: str
    line: int | None
    what: str
    before: str = ""
    yours: str = ""
    template: str = ""
    reason: str = ""

    @property
    def wanted(self) -> str:
        """The first line of what the template wants."""
        return next((line.strip() for line in self.template.splitlines() if line.strip()), "")


@dataclass(frozen=True)
class Merged:
    """What a merge has come to.

    Args:
        tree: The project afterwards; files in conflict hold markers.
        stages: Of the files in conflict.
        clashes: What a person has to decide.
        notes: What was decided without a person.
    """

    tree: str
    stages: tuple[Stage, ...] = ()
    clashes: tuple[Clash, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class _Outcome:
    """What is gathered, file by file."""

    entries: list[str] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def merge(
    checkout: Checkout, before: str, yours: str, template: str, *, unmade: Fate = "asked"
) -> Merged:
    """Merge three trees of a project; nothing is written but objects.

    Args:
        checkout: The project.
        before: What the template made with the recorded answers at the recorded version.
        yours: What the project is now.
        template: What the template makes now.
        unmade: What becomes of a file that the template does not make any more and the project has
            changed.

    Raises:
        UsageFailed: git is too old.
    """
    before, template = ended_as_in(checkout, yours, before, template)
    tree, stages, told = _by_git(checkout, before, yours, template)
    outcome = _Outcome()
    for path, kind in told.items():
        if "directory rename" in kind:
            outcome.notes.append(f"{path}: moved along with its folder")
    for path, versions in stages.items():
        if unmade != "asked" and TEMPLATE not in {stage.number for stage in versions}:
            _settle_unmade(path, versions, unmade, outcome)
        else:
            _settle(checkout, tree, path, versions, told.get(path, ""), outcome)
    if outcome.entries:
        tree = checkout.with_files(tree, "".join(outcome.entries))
    return Merged(tree, tuple(outcome.stages), tuple(outcome.clashes), tuple(outcome.notes))


def _by_git(
    checkout: Checkout, before: str, yours: str, template: str
) -> tuple[str, dict[str, list[Stage]], dict[str, str]]:
    """Return the tree that git makes, the stages of files in conflict, and what it says of each."""
    base = checkout.commit_of(before)
    ours, theirs = checkout.commit_of(yours, base), checkout.commit_of(template, base)
    with TemporaryDirectory() as folder:
        attributes = Path(folder, "attributes")
        attributes.write_text(f"* conflict-marker-size={SIZE}\n", "utf-8")
        settings = [*SETTINGS, f"core.attributesFile={attributes}"]
        options = [word for setting in settings for word in ("-c", setting)]
        asked = ("merge-tree", "--write-tree", "--messages", "-z", ours, theirs)
        merged = run_git(checkout.top, *options, *asked)
    if merged.returncode not in {0, 1}:
        raise UsageFailed(
            f"git cannot merge: {merged.stderr.strip().splitlines()[0]}."
            f" An update needs git {OLDEST_GIT} or newer."
        )
    fields = iter(merged.stdout.split("\0"))
    tree = next(fields)
    stages: dict[str, list[Stage]] = {}
    for entry in iter(lambda: next(fields, ""), ""):
        about, path = entry.split("\t", 1)
        mode, blob, number = about.split()
        stages.setdefault(path, []).append(Stage(mode, blob, int(number), path))
    told: dict[str, str] = {}
    for count in fields:
        if count:
            paths = [next(fields) for _ in range(int(count))]
            kind, _message = next(fields), next(fields)
            told |= dict.fromkeys(paths if "CONFLICT" in kind else paths[:1], kind)
    return tree, stages, told


def _settle_unmade(path: str, versions: list[Stage], fate: Fate, outcome: _Outcome) -> None:
    """Decide about a file that the template does not make any more, and the project has."""
    for mine in versions:
        if mine.number == YOURS and fate == "stays":
            outcome.entries.append(f"{mine.mode} {mine.blob}\t{path}\0")
            outcome.notes.append(f"{path}: you have changed it, so it stays")
            return
    outcome.entries.append(f"{GONE}\t{path}\0")


def _settle(
    checkout: Checkout, tree: str, path: str, versions: list[Stage], told: str, outcome: _Outcome
) -> None:
    """Decide about a file in conflict what can be decided, and note what cannot."""
    mine = next((stage for stage in versions if stage.number == YOURS), None)
    numbers = {stage.number for stage in versions}
    if mine is None:
        # It was deleted in the project, or lies there under another name: on purpose either way.
        outcome.entries.append(f"{GONE}\t{path}\0")
        if "delete" in told:
            outcome.notes.append(f"{path}: you have deleted it, so it stays deleted")
    elif TEMPLATE in numbers:
        _settle_content(checkout, tree, mine, versions, outcome)
    else:
        outcome.entries.append(f"{mine.mode} {mine.blob}\t{path}\0")
        outcome.stages += versions
        whats = (what for kind, what in IN_WORDS.items() if kind in told)
        outcome.clashes.append(Clash(path, None, next(whats, IN_NO_WAY)))


def _settle_content(
    checkout: Checkout, tree: str, mine: Stage, versions: list[Stage], outcome: _Outcome
) -> None:
    path = mine.path
    there = checkout.files(tree).get(path, f"{mine.mode} {mine.blob}").split()[1]
    marked = parse(checkout.content(there).decode("utf-8", "surrogateescape"))
    if not any(isinstance(part, Conflict) for part in marked):
        outcome.stages += versions
        outcome.clashes.append(Clash(path, None, IN_NO_WAY))
        return
    parts = resolved(path, marked)
    content = written(parts, NAMES).encode("utf-8", "surrogateescape")
    outcome.entries.append(f"{mine.mode} {checkout.blob(content)}\t{path}\0")
    conflicts = [part for part in parts if isinstance(part, Conflict)]
    if not conflicts:
        outcome.notes.append(f"{path}: both have changed it, and only one way was right")
        return
    outcome.stages += versions
    what = "both have changed these lines"
    for conflict in conflicts:
        lines = ("".join(side) for side in (conflict.before, conflict.yours, conflict.template))
        outcome.clashes.append(Clash(path, place(parts, conflict), what, *lines))
