"""What is told of an operation: to a person, to a tool, to the reader of a pull request."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from modwright.upkeep.change import Change
from modwright.upkeep.merging import Clash
from modwright.upkeep.operation import Operation
from modwright_check.model.wording import visible

LETTERS = {"A": "added", "D": "removed", "M": "changed", "T": "changed"}


def up_to_date(form: str) -> str:
    """Tell that there is nothing to do."""
    return json.dumps({"schema": 1, "updated": False}) if form == "json" else "Up to date."


def would(change: Change, form: str) -> str:
    """Tell what a change would do."""
    summary = f"{_step(change)} would change {_files(change)}."
    return _told(change, form, summary, None, is_done=False)


def done(change: Change, commit: str | None, form: str) -> str:
    """Tell what a change has done, and how to undo it or to go on."""
    summary = f"{_step(change)}: {_files(change)} changed."
    return _told(change, form, summary, commit, is_done=True)


def went_on(operation: Operation, commit: str) -> str:
    """Tell that an operation is committed at last."""
    return f"{operation.message}: committed as {commit[:12]}.\n{_undo(commit)}"


def taken_back(operation: Operation) -> str:
    """Tell that an operation was taken back."""
    return f"{operation.message}: taken back. Every file is as it was before."


def _told(change: Change, form: str, summary: str, commit: str | None, *, is_done: bool) -> str:
    if form == "json":
        return json.dumps(_content(change, commit, is_done=is_done), indent=2)
    lines = [*(_markdown if form == "markdown" else _text)(change, summary)]
    if is_done and form == "text":
        lines += _next(change, commit)
    return "\n".join(visible(line) for line in lines)


def _text(change: Change, summary: str) -> Iterator[str]:
    yield summary
    yield from (f"  {LETTERS[letter]:8}{path}" for letter, path in change.files)
    yield from (f"  note    {note}" for note in _notes(change))
    if change.clashes:
        yield ""
        yield f"{_count(len(change.clashes), 'conflict')}:"
        yield from (f"  {line}" for line in _table(change.clashes))


def _next(change: Change, commit: str | None) -> Iterator[str]:
    if change.clashes:
        yield ""
        yield "Resolve them, then run `modwright update --continue`;"
        yield "or bring everything back with `modwright update --abort`."
    elif commit:
        yield f"Committed as {commit[:12]}. {_undo(commit)}"
    else:
        yield "It is staged, and not committed."


def _markdown(change: Change, summary: str) -> Iterator[str]:
    yield f"**{summary}**"
    yield ""
    yield from (f"- {LETTERS[letter]} `{quoted(path)}`" for letter, path in change.files)
    yield from (f"- {quoted(note)}" for note in _notes(change))
    if change.clashes:
        yield ""
        yield "| file | line | what the template wants | why |"
        yield "| --- | --- | --- | --- |"
        for clash in change.clashes:
            cells = (clash.file, str(clash.line or ""), clash.wanted or clash.what, clash.reason)
            yield f"| {' | '.join(quoted(cell) for cell in cells)} |"


def _content(change: Change, commit: str | None, *, is_done: bool) -> dict[str, Any]:
    return {
        "schema": 1,
        "updated": is_done and not change.clashes,
        "title": change.title,
        "from": change.before.name,
        "to": change.after.name,
        "commit": commit,
        "files": [{"path": path, "change": LETTERS[letter]} for letter, path in change.files],
        "notes": list(_notes(change)),
        "conflicts": [asdict(clash) for clash in change.clashes],
    }


def _table(clashes: tuple[Clash, ...]) -> Iterator[str]:
    places = [f"{clash.file}:{clash.line}" if clash.line else clash.file for clash in clashes]
    width = max(map(len, places))
    for place, clash in zip(places, clashes, strict=True):
        wanted = f"; the template: {clash.wanted}" if clash.wanted else ""
        yield f"{place:{width}}  {clash.what}{wanted}"
        if clash.reason:
            yield f"{'':{width}}  because: {clash.reason}"


def _step(change: Change) -> str:
    if change.before == change.after:
        return change.title
    return f"{short(change.before.name)} → {short(change.after.name)}"


def _notes(change: Change) -> Iterator[str]:
    yield from change.notes
    yield from (f"{lost}, which is not there any more" for lost in change.lost)


def short(name: str) -> str:
    """Return the name of a version: of a hash, the part that people read."""
    return name[:12] if len(name) == len("0" * 40) else name


def _files(change: Change) -> str:
    return _count(len(change.files), "file")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def _undo(commit: str) -> str:
    return f"Undo: git revert --no-edit {commit[:12]}"


def quoted(text: str) -> str:
    """Return text in which nobody is called by name, and no cell of a table ends."""
    return text.replace("|", "\\|").replace("@", "@\u200b").replace("<", "&lt;")
