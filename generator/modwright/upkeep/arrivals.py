"""What of the template has never arrived in a project.

The recorded version has it, so a merge takes it for something that the project has removed: no
update will bring it. Plain `copier update` leaves such holes, and so does a conflict that somebody
resolved against the template.
"""

from dataclasses import replace

from modwright.upkeep.drift import Departure, Drift
from modwright.upkeep.trees import Checkout


def with_arrivals(checkout: Checkout, drift: Drift) -> Drift:
    """Return a drift that tells what has never arrived, as far as the project's commits tell."""
    if checkout.is_shallow:
        return drift
    departures = (_with_arrivals(checkout, drift, departure) for departure in drift.departures)
    return replace(drift, departures=tuple(departures))


def _with_arrivals(checkout: Checkout, drift: Drift, departure: Departure) -> Departure:
    past = _past(checkout, departure.path)
    if departure.now is None:
        return departure if past else replace(departure, state="never arrived")
    pristine, there = drift.trees
    made = checkout.content(f"{pristine}:{departure.path}").splitlines()
    lacking = set(made).difference(checkout.content(f"{there}:{departure.now}").splitlines())
    if lacking:
        lacking.difference_update(*(old.splitlines() for old in checkout.contents(past)))
    lines = (line.decode("utf-8", "replace") for line in made if line in lacking)
    return replace(departure, never_arrived=tuple(lines))


def _past(checkout: Checkout, path: str) -> list[str]:
    """Return the blobs that a file has been in any commit."""
    asked = ("--format=", "--raw", "--no-abbrev", "-z", "--no-renames", "--diff-filter=AM", "-m")
    said = checkout.git("log", *asked, "--", f":(top,literal){checkout.prefix}{path}")
    heads = (entry.lstrip() for entry in said.split("\0"))
    return list(dict.fromkeys(head.split()[3] for head in heads if head.startswith(":")))
