"""Who owns a file that the template has made: the template, the project, or both."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Literal, TypeVar

from modwright.errors import TemplateFailed, UsageFailed
from modwright.git import GitFailed
from modwright.upkeep.record import ANSWERS_FILE, Record
from modwright.upkeep.rendering import Template
from modwright.upkeep.toml_tables import PYPROJECT, title
from modwright.upkeep.trees import Checkout

Owner = Literal["managed", "contains", "shared", "seed"]
OWNERS: Mapping[str, Owner] = {
    "managed": "managed",  # it must equal what the template makes
    "contains": "contains",  # the lines that the template makes must be in it
    "shared": "shared",  # both may change it, and an update merges
    "seed": "seed",  # written once, then the project's own
}
TABLE = "[tool.modwright.differs]"

Value = TypeVar("Value")


@dataclass(frozen=True)
class Ownership:
    """Who owns which files of a project.

    Args:
        owners: By pattern; the last that matches counts.
        reasons: Why a file differs on purpose, by pattern.
    """

    owners: Mapping[str, Owner]
    reasons: Mapping[str, str]

    def owner(self, path: str) -> Owner:
        """Return who owns a file."""
        return _last(self.owners, path) or "shared"

    def reason(self, path: str) -> str | None:
        """Return why a file differs on purpose, if the project says that it does."""
        return _last(self.reasons, path)

    def must_equal(self, path: str) -> bool:
        """Return whether nothing but the template may change a file."""
        return self.owner(path) == "managed" and self.reason(path) is None


def ownership(checkout: Checkout, record: Record, template: Template, tree: str) -> Ownership:
    """Return who owns the files of a project.

    Args:
        checkout: The project.
        record: Its answers file, which names the owners that a team has chosen.
        template: Whose `_skip_if_exists` names what is written once.
        tree: Of the project, whose pyproject.toml says what differs on purpose.

    Raises:
        TemplateFailed: An owner in the answers file is unknown.
        UsageFailed: The table in pyproject.toml is not one of reasons.
    """
    for pattern, owner in record.owners.items():
        if str(owner) not in OWNERS:
            raise TemplateFailed(
                f"{ANSWERS_FILE}: {pattern} is owned by {owner!r}. Owners are {', '.join(OWNERS)}."
            )
    chosen = {pattern: OWNERS[owner] for pattern, owner in record.owners.items()}
    owners = {**_seeds(template.seeds), **_of_parts(record), **chosen}
    return Ownership(owners, _reasons(checkout, tree))


def _seeds(paths: Iterable[str]) -> dict[str, Owner]:
    return dict.fromkeys(paths, "seed")


def _of_parts(record: Record) -> dict[str, Owner]:
    """Return the owner of pyproject.toml where only parts of it come from the template."""
    has_own = any(one.startswith(title("")[:-1]) for one in record.left_out)
    return {PYPROJECT: "contains"} if has_own else {}


def _reasons(checkout: Checkout, tree: str) -> dict[str, str]:
    try:
        pyproject: dict[str, Any] = tomllib.loads(
            checkout.content(f"{tree}:pyproject.toml").decode("utf-8", "surrogateescape")
        )
    except (GitFailed, tomllib.TOMLDecodeError, RecursionError):  # others say what is wrong with it
        return {}
    table: Any = pyproject
    for key in ("tool", "modwright", "differs"):
        table = table.get(key, {}) if isinstance(table, dict) else {}
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise UsageFailed(f'pyproject.toml: {TABLE} holds lines of "FILE" = "why it differs".')
    return table


def _last(table: Mapping[str, Value], path: str) -> Value | None:
    matching = [value for pattern, value in table.items() if fnmatchcase(path, pattern)]
    return matching[-1] if matching else None
