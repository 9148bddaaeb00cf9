"""A newer version of the template, merged into a project."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from modwright.errors import TemplateFailed, UsageFailed
from modwright.git import GitFailed
from modwright.scaffold.answers import combine
from modwright.scaffold.create import render
from modwright.scaffold.questions import read_questions
from modwright.scaffold.source import Source
from modwright.scaffold.version import Version
from modwright.upkeep.history import History, open_history
from modwright.upkeep.merging import Clash, Merged, merge
from modwright.upkeep.operation import Operation
from modwright.upkeep.record import ANSWERS_FILE, Record, parse_record, with_origin
from modwright.upkeep.trees import Checkout


@dataclass(frozen=True)
class Update:
    """What an update would do.

    Args:
        before: The version that the project has.
        after: The version that it would have.
        operation: The change of the repository.
        project_tree: The project afterwards.
        clashes: What a person has to decide.
        notes: What was decided, and what else is worth a word.
        files: That would change, each with a letter: A added, D deleted, M modified.
    """

    before: Version
    after: Version
    operation: Operation
    project_tree: str
    clashes: tuple[Clash, ...]
    notes: tuple[str, ...]
    files: tuple[tuple[str, str], ...]


def prepare(
    checkout: Checkout, source: Source, to: str | None, answers: Mapping[str, Any]
) -> Update | None:
    """Work out an update; the project stays as it is. None when there is nothing to do.

    Args:
        checkout: The project.
        source: This modwright's own template.
        to: The version to update to; None for the newest that is known without a network, or the
            one that Renovate has written into the answers file.
        answers: To questions, in place of the recorded ones.
    """
    record, dirt = _recorded(checkout)
    to = to or (dirt and parse_record(dirt).commit)
    with open_history(record.url, [record.commit, *([to] if to else [])], source) as history:
        before = history.get(record.commit)
        after = history.get(to) if to else history.newest()
        if before.commit == after.commit and not answers:
            return None
        if not to and history.is_older(after, than=before):
            raise UsageFailed(
                f"The project has the version {before.name}, which is newer than {after.name} of"
                " this modwright. Update modwright, or name a version with --to."
            )
        merged, notes = _merged(checkout, history, record, before, after, answers)
        clashes = tuple(_with_reason(clash, history, before, after) for clash in merged.clashes)
    head = checkout.head()
    if merged.tree == checkout.tree(head):
        return None
    operation = Operation(
        message=f"Update the template to {after.name}",
        head=head,
        tree=checkout.in_repository(merged.tree, head),
        stages=merged.stages,
        dirt=dirt,
    )
    files = _files(checkout, checkout.tree(head), merged.tree)
    return Update(before, after, operation, merged.tree, clashes, (*notes, *merged.notes), files)


def _recorded(checkout: Checkout) -> tuple[Record, str | None]:
    """Return what the commit records, and the text of the answers file where that was changed."""
    path = f"{checkout.prefix}{ANSWERS_FILE}"
    try:
        committed = checkout.git("cat-file", "blob", f"HEAD:{path}")
    except GitFailed:
        raise UsageFailed(
            f"{checkout.project} has no {ANSWERS_FILE} in its last commit, so it was not made from"
            " a template, or nobody has committed that."
        ) from None
    status = checkout.git("status", "--porcelain", "--", f":(literal){path}")
    there = (checkout.top / path).read_text("utf-8") if status else committed
    record = parse_record(committed)
    if there == committed:
        return record, None
    if replace(parse_record(there), commit=record.commit) != record:
        raise UsageFailed(f"{path}: not committed. Commit or stash the changes first.")
    return record, there


def _merged(
    checkout: Checkout,
    history: History,
    record: Record,
    before: Version,
    after: Version,
    answers: Mapping[str, Any],
) -> tuple[Merged, list[str]]:
    with TemporaryDirectory() as folder:
        old, new = (
            _Rendering(history, version, Path(folder, name))
            for version, name in ((before, "before"), (after, "after"))
        )
        questions = read_questions(new.template)
        names = {question.name for question in questions}
        kept = {name: answer for name, answer in record.answers.items() if name in names}
        given = combine(questions, answers)
        try:
            new.render({**kept, **given})
        except TemplateFailed as error:
            raise TemplateFailed(f"{error} Answer a question anew with --data KEY=VALUE.") from None
        old.render(record.answers)
        notes = _told(record, new.recorded(), kept)
        trees = [checkout.tree_of(rendering.project) for rendering in (old, new)]
        yours = checkout.tree("HEAD")
        template = _without_seeds(checkout, trees, yours, new)
        merged = merge(checkout, trees[0], yours, template)
        return _answers_of_template(checkout, merged, trees[1]), notes


class _Rendering:
    """A version of the template, and the project that it makes of some answers."""

    def __init__(self, history: History, version: Version, folder: Path) -> None:
        folder.mkdir()
        self.template = folder / "template"
        self.project = folder / "project"
        self._url, self._version = history.url, version
        history.export(version, self.template)

    def render(self, answers: Mapping[str, Any]) -> None:
        """Make the project; its answers file names the version, whatever the template does."""
        source = Source(self.template, self._url, self._version)
        render(source, self.project, answers, ask=False)
        file = self.project / ANSWERS_FILE
        file.write_text(
            with_origin(file.read_text("utf-8"), self._url, self._version.name), "utf-8"
        )

    def recorded(self) -> dict[str, Any]:
        """Return what was answered."""
        content: dict[str, Any] = yaml.safe_load((self.project / ANSWERS_FILE).read_text("utf-8"))
        return {key: value for key, value in content.items() if not key.startswith("_")}

    def seeds(self) -> list[str]:
        """Return the files that are written once, and then the project's own."""
        content = yaml.safe_load((self.template / "copier.yml").read_text("utf-8"))
        return [str(path) for path in content.get("_skip_if_exists", ())]


def _without_seeds(checkout: Checkout, trees: list[str], yours: str, new: _Rendering) -> str:
    """Return the template's tree in which files that are written once are as they were before."""
    before, template = trees
    was, mine, is_now = (checkout.files(tree) for tree in (before, yours, template))
    seeds = new.seeds()
    entries = []
    for path in {*was, *is_now}:
        if not any(fnmatch(path, seed) for seed in seeds):
            continue
        if path in was:
            entries.append(f"{was[path]}\t{path}\0")
        elif path in mine:
            entries.append(f"0 {'0' * 40}\t{path}\0")
    return checkout.with_files(template, "".join(entries)) if entries else template


def _answers_of_template(checkout: Checkout, merged: Merged, template: str) -> Merged:
    """Return a merge whose answers file is the template's: answers are not a matter of lines."""
    path = str(ANSWERS_FILE)
    entry = f"{checkout.files(template)[path]}\t{path}\0"
    return replace(
        merged,
        tree=checkout.with_files(merged.tree, entry),
        stages=tuple(stage for stage in merged.stages if stage.path != path),
        clashes=tuple(clash for clash in merged.clashes if clash.file != path),
        notes=tuple(note for note in merged.notes if not note.startswith(f"{path}:")),
    )


def _with_reason(clash: Clash, history: History, before: Version, after: Version) -> Clash:
    reason = history.reason(clash.wanted, before, after) if clash.wanted else ""
    return replace(clash, reason=reason)


def _files(checkout: Checkout, before: str, after: str) -> tuple[tuple[str, str], ...]:
    said = checkout.git("diff-tree", "-r", "-z", "--name-status", "--no-renames", before, after)
    fields = said.split("\0")[:-1]
    return tuple(zip(fields[::2], fields[1::2], strict=True))


def _told(record: Record, answered: Mapping[str, Any], kept: Mapping[str, Any]) -> list[str]:
    """Return what is to be said of questions that have come and gone."""
    new = [f"new question {name}: {answered[name]!r}" for name in answered if name not in kept]
    gone = [f"the question {name} is gone" for name in record.answers if name not in kept]
    return new + gone
