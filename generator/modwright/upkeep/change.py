"""A change of a project: from what the template made of it to what it makes of it now."""

from dataclasses import dataclass, replace

from modwright.errors import UsageFailed
from modwright.git import GitFailed
from modwright.scaffold.version import Version
from modwright.upkeep.imports import lost_imports
from modwright.upkeep.merging import Clash, Fate, Merged, merge
from modwright.upkeep.operation import Operation, demand_none_waits
from modwright.upkeep.ownership import Ownership, ownership
from modwright.upkeep.record import ANSWERS_FILE, Record, parse_record
from modwright.upkeep.rendering import Rendering, Template, Workbench
from modwright.upkeep.trees import GONE, Checkout


@dataclass(frozen=True)
class Change:
    """What would be done to a project.

    Args:
        title: What it is, in words: the message of its commit.
        before: The version of the template that the project has.
        after: The version that it would have.
        operation: The change of the repository.
        trees: The project before and afterwards.
        clashes: What a person has to decide.
        notes: What was decided, and what else is worth a word.
        files: That would change, each with a letter: A added, D deleted, M modified.
        lost: Imports of modules that would not be there any more, as `file:line imports module`.
    """

    title: str
    before: Version
    after: Version
    operation: Operation
    trees: tuple[str, str]
    clashes: tuple[Clash, ...]
    notes: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    lost: tuple[str, ...] = ()


def recorded(checkout: Checkout) -> tuple[Record, str | None]:
    """Return what the last commit records, and the answers file's text where that was changed.

    Raises:
        UsageFailed: It records nothing, or somebody has changed answers and not committed that.
    """
    path = f"{checkout.prefix}{ANSWERS_FILE}"
    try:
        committed = checkout.git("cat-file", "blob", f"HEAD:{path}")
    except GitFailed:
        raise UsageFailed(
            f"{checkout.project} has no {ANSWERS_FILE} in its last commit, so it was not made from"
            " a template, or nobody has committed that."
        ) from None
    status = checkout.git("status", "--porcelain", "--", f":(literal){path}")
    record = parse_record(committed)
    if not status:
        return record, None
    try:
        there = (checkout.top / path).read_text("utf-8")
        if there == committed:
            return record, None
        if replace(parse_record(there), commit=record.commit) == record:
            return record, there
    except (OSError, UnicodeDecodeError):
        pass  # it is changed beyond reading
    demand_none_waits(checkout)
    raise UsageFailed(f"{path}: not committed. Commit or stash the changes first.")


def prepare_change(
    checkout: Checkout,
    workbench: Workbench,
    title: str,
    before: tuple[Template, Record],
    after: tuple[Template, Record],
    *,
    dirt: str | None = None,
    unmade: Fate = "asked",
) -> Change | None:
    """Work out a change; the project stays as it is. None when there is nothing to do.

    Args:
        checkout: The project.
        workbench: Where templates are rendered.
        title: What it is, in words.
        before: The template and the record that the project has.
        after: Those that it shall have.
        dirt: The answers file as it lies there, where that is not as committed.
        unmade: What becomes of a file that the template does not make any more, and that the
            project has changed.
    """
    old = workbench.render(checkout, *before)
    new = workbench.render(checkout, *after)
    head = checkout.head()
    mine = checkout.tree(head)
    rules = ownership(checkout, after[1], after[0], mine)
    template = _without_seeds(checkout, rules, old.tree, mine, new.tree)
    merged = merge(checkout, old.tree, mine, template, unmade=unmade)
    merged = _of_template(checkout, rules, merged, new)
    if merged.tree == mine:
        return None
    lost = lost_imports(checkout, [mine, new.tree], merged.tree)
    operation = Operation(
        title, head, checkout.in_repository(merged.tree, head), merged.stages, dirt
    )
    return Change(
        title,
        before[0].version,
        after[0].version,
        operation,
        (mine, merged.tree),
        tuple(_with_reason(clash, before[0], after[0]) for clash in merged.clashes),
        merged.notes,
        files_between(checkout, mine, merged.tree),
        tuple(lost),
    )


def _without_seeds(checkout: Checkout, rules: Ownership, old: str, mine: str, new: str) -> str:
    """Return the template's tree in which files that are written once are as they were before."""
    was, there, is_now = (checkout.files(tree) for tree in (old, mine, new))
    entries = []
    for path in {*was, *is_now}:
        if rules.owner(path) != "seed":
            continue
        if path in was:
            entries.append(f"{was[path]}\t{path}\0")
        elif path in there:
            entries.append(f"{GONE}\t{path}\0")
    return checkout.with_files(new, "".join(entries)) if entries else new


def _of_template(checkout: Checkout, rules: Ownership, merged: Merged, new: Rendering) -> Merged:
    """Return a merge in which what is the template's alone is as the template makes it.

    The answers file is: answers are not a matter of lines.
    """
    there, made = checkout.files(merged.tree), checkout.files(new.tree)
    answers = str(ANSWERS_FILE)
    own = {path for path in made if path == answers or rules.must_equal(path)}
    changed = {path for path in own if there.get(path) != made[path]} - {answers}
    conflicts = {stage.path for stage in merged.stages}
    entries = "".join(f"{made[path]}\t{path}\0" for path in own)
    return replace(
        merged,
        tree=checkout.with_files(merged.tree, entries),
        stages=tuple(stage for stage in merged.stages if stage.path not in own),
        clashes=tuple(clash for clash in merged.clashes if clash.file not in own),
        notes=(
            *(note for note in merged.notes if note.partition(": ")[0] not in own),
            *(
                f"{path}: the template's alone, so it is as the template makes it"
                for path in sorted(changed | (conflicts & own - {answers}))
            ),
        ),
    )


def _with_reason(clash: Clash, before: Template, after: Template) -> Clash:
    if not clash.wanted:
        return clash
    reason = after.history.reason(clash.wanted, before.version, after.version)
    return replace(clash, reason=reason)


def files_between(checkout: Checkout, before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Return the files that differ, each with a letter of git's."""
    said = checkout.git("diff-tree", "-r", "-z", "--name-status", "--no-renames", before, after)
    fields = said.split("\0")[:-1]
    return tuple(zip(fields[::2], fields[1::2], strict=True))
