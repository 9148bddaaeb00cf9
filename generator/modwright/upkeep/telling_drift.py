"""What is told of a project that differs from what the template made."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from modwright.upkeep.drift import Departure, Drift
from modwright.upkeep.trees import Checkout
from modwright_check.model.wording import counted, visible


def as_json(drift: Drift, version: str) -> str:
    """Return all of it as one object."""
    content = {
        "schema": 1,
        "version": version,
        "drift": bool(drift),
        "answers": drift.answers,
        "files": [asdict(departure) for departure in drift.departures],
    }
    return json.dumps(content, indent=2)


def as_table(drift: Drift, version: str) -> str:
    """Return a line a file."""
    lines = [*_table(drift.unintended), *drift.answers]
    if drift.intended:
        lines += ["", "On purpose:", *_purposes(drift)]
    if not drift:
        lines = [f"As the template makes it at {version}.", *lines]
    return "\n".join(map(visible, lines))


def as_patch(drift: Drift, checkout: Checkout) -> str:
    """Return what `git apply` takes; it does not read the lines in which words stand."""
    words = [f"# {line}" for line in (*drift.answers, *_purposes(drift))]
    told = "".join(f"{visible(line)}\n" for line in words)
    return told + "".join(_with_patch(departure, drift, checkout) for departure in drift.unintended)


def _with_patch(departure: Departure, drift: Drift, checkout: Checkout) -> str:
    paths = {departure.path, departure.now or departure.path}
    return f"# {visible(_words(departure))}\n{checkout.diff(*drift.trees, *sorted(paths))}"


def _table(departures: list[Departure]) -> Iterator[str]:
    width = max((len(departure.path) for departure in departures), default=0)
    for departure in departures:
        numbers = f"+{departure.added} -{departure.removed}"
        yield f"{departure.path:{width}}  {numbers:>9}  {_state(departure)}"


def _words(departure: Departure) -> str:
    return f"{departure.path}: {_state(departure)}"


def _state(departure: Departure) -> str:
    moved = f" to {departure.now}" if departure.state == "moved" else ""
    parts = [f"{departure.state}{moved}"]
    if departure.owner != "shared":
        parts.append(departure.owner)
    if departure.never_arrived:
        parts.append(f"{counted(len(departure.never_arrived), 'line')} never arrived")
    return ", ".join(parts)


def _purposes(drift: Drift) -> Iterator[str]:
    for departure in drift.intended:
        yield f"{departure.path}: {departure.state} on purpose: {departure.reason}"
