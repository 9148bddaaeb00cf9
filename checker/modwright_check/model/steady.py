"""Messages without the parts that differ from run to run."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

# The temporary home and working directory of an import. Paths are looked for from where a word
# begins: from everywhere, it would take a time that grows with the square of a word's length.
_TEMPORARY = re.compile(r"(?<!\S)\S*modwright-\w+[/\\](home|empty)")
_PLACES = {"home": "~", "empty": "."}
# The environment, which checks that run at the same time have under different numbers. What is in
# its site-packages is told without that folder, later on.
_ENVIRONMENT = re.compile(
    r"(?<![^\s'\"])[^\s'\"]*modwright-check-\d+[/\\]\d+[/\\]environment(?!\S*site-packages)"
)
_TIME = r"\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?"
_ALWAYS = re.compile(
    r"(?P<temporary>\b(?:tmp|pymp-))[a-z0-9_]{8}\b"  # a name that tempfile has made up
    r"|(?P<address>\b0x)[0-9a-fA-F]{6,}"
    r"|\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"  # a UUID
    r"|\b[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}\b"  # time.ctime()
    r"|(?<![\d:])\d{1,2}:\d\d:\d\d(?:[.,]\d+)?(?![\d:])"  # a time of the day
    r"|(?P<process>\bsubprocess )\d+\b"  # as Python says of one that is still running
    r"|(?<!\d)\d{10,}(?:\.\d+)?"  # seconds since 1970, or what `id()` returns
    r"|(?<![\w.])\d+\.\d+(?P<unit> ?(?:[mnuµ]?s|sec|seconds?)\b)"  # what something has taken
)
_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d.%m.%Y", "%Y_%m_%d")


def steady(text: str) -> str:
    """Return a text in which `…` stands for what differs from run to run.

    These are addresses, times, dates of today, random names, and numbers so long that they are
    seconds since 1970 or what `id()` returns. The probe leaves out the number of its own process,
    which it knows (`probe/own_names.py`).
    """
    placed = _TEMPORARY.sub(lambda found: _PLACES[found[1]], text)
    placed = _ENVIRONMENT.sub("…", placed)
    without_days = _moments(datetime.now(UTC).date()).sub("…", placed)
    return _ALWAYS.sub(_kept, without_days)


def _kept(found: re.Match[str]) -> str:
    before = found["temporary"] or found["address"] or found["process"] or ""
    return f"{before}…{found['unit'] or ''}"


@lru_cache(maxsize=2)  # a check may last over midnight
def _moments(today: date) -> re.Pattern[str]:
    """Return what matches a date that is today's somewhere on Earth, with a time behind it."""
    days = (today + timedelta(days=days) for days in (-1, 0, 1))
    dates = "|".join(re.escape(day.strftime(form)) for day in days for form in _DATES)
    behind = rf"(?:[T _-]?(?:{_TIME}|\d{{2}}[-.]?\d{{2}}(?:[-.]?\d{{2}})?)(?!\d))?"
    return re.compile(rf"(?<!\d)(?:{dates}){behind}(?:Z|[+-]\d\d:?\d\d)?(?!\d)")
