"""What is told of an operation: to a person, to a tool, to the reader of a pull request."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from modwright.reporting.wording import visible
from modwright.upkeep.merging import Clash
from modwright.upkeep.operation import Operation
from modwright.upkeep.update import Update

LETTERS = {"A": "added", "D": "removed", "M": "changed", "T": "changed"}


def up_to_date(form: str) -> str:
    """Tell that there is nothing to do."""
    return json.dumps({"schema": 1, "updated": False}) if form == "json" else "Up to date."


def would(update: Update, form: str) -> str:
    """Tell what an update would do."""
    return _told(update, form, None, f"{_step(update)} would change {_files(update)}.")


def done(update: Update, commit: str | None, form: str) -> str:
    """Tell what an update has done, and how to undo it or to go on."""
    return _told(update, form, commit, f"{_step(update)}: {_files(update)} changed.")


def went_on(operation: Operation, commit: str) -> str:
    """Tell that an operation is committed at last."""
    return f"{operation.message}: committed as {commit[:12]}.\n{_undo(commit)}"


def taken_back(operation: Operation) -> str:
    """Tell that an operation was taken back."""
    return f"{operation.message}: taken back. Every file is as it was before."


def _told(update: Update, form: str, commit: str | None, summary: str) -> str:
    if form == "json":
        return json.dumps(_content(update, commit), indent=2)
    lines = _markdown(update, summary) if form == "markdown" else _text(update, summary, commit)
    return "\n".join(visible(line) for line in lines)


def _text(update: Update, summary: str, commit: str | None) -> Iterator[str]:
    yield summary
    yield from (f"  {LETTERS[letter]:8}{path}" for letter, path in update.files)
    yield from (f"  note    {note}" for note in update.notes)
    if update.clashes:
        yield ""
        yield f"{_count(len(update.clashes), 'conflict')}:"
        yield from (f"  {line}" for line in _table(update.clashes))
        if commit is None:
            yield ""
            yield "Resolve them, then run `modwright update --continue`;"
            yield "or bring everything back with `modwright update --abort`."
    elif commit:
        yield f"Committed as {commit[:12]}. {_undo(commit)}"


def _markdown(update: Update, summary: str) -> Iterator[str]:
    yield f"**{summary}**"
    yield ""
    yield from (f"- {LETTERS[letter]} `{_quoted(path)}`" for letter, path in update.files)
    yield from (f"- {_quoted(note)}" for note in update.notes)
    if update.clashes:
        yield ""
        yield "| file | line | what the template wants | why |"
        yield "| --- | --- | --- | --- |"
        for clash in update.clashes:
            cells = (clash.file, str(clash.line or ""), clash.wanted or clash.what, clash.reason)
            yield f"| {' | '.join(_quoted(cell) for cell in cells)} |"


def _content(update: Update, commit: str | None) -> dict[str, Any]:
    return {
        "schema": 1,
        "updated": commit is not None,
        "from": update.before.name,
        "to": update.after.name,
        "commit": commit,
        "files": [{"path": path, "change": LETTERS[letter]} for letter, path in update.files],
        "notes": list(update.notes),
        "conflicts": [asdict(clash) for clash in update.clashes],
    }


def _table(clashes: tuple[Clash, ...]) -> Iterator[str]:
    places = [f"{clash.file}:{clash.line}" if clash.line else clash.file for clash in clashes]
    width = max(map(len, places))
    for place, clash in zip(places, clashes, strict=True):
        wanted = f"; the template: {clash.wanted}" if clash.wanted else ""
        yield f"{place:{width}}  {clash.what}{wanted}"
        if clash.reason:
            yield f"{'':{width}}  because: {clash.reason}"


def _step(update: Update) -> str:
    return f"{_short(update.before.name)} → {_short(update.after.name)}"


def _short(name: str) -> str:
    return name[:12] if len(name) == len("0" * 40) else name


def _files(update: Update) -> str:
    return _count(len(update.files), "file")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def _undo(commit: str) -> str:
    return f"Undo: git revert --no-edit {commit[:12]}"


def _quoted(text: str) -> str:
    """Return text in which nobody is called by name, and no cell of a table ends."""
    return text.replace("|", "\\|").replace("@", "@\u200b").replace("<", "&lt;")
