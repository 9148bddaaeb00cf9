"""What a project remembers of how it was made: its answers file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import yaml

from modwright.errors import TemplateFailed, UsageFailed

# Of the template, what the project does not take: patterns of files, `pyproject.toml [table]`.
LEFT_OUT = "left_out"
TEXT, TEXTS, TABLE = "a text", "a list of texts", "a mapping"
# What is not an answer. Copier keeps such keys, and would forget those with an underscore.
STANDARD = {
    "preset": TEXT,
    "preset_version": TEXT,
    "preset_fixed": TABLE,
    "preset_owners": TABLE,
    LEFT_OUT: TEXTS,
}
ANSWERS_FILE = PurePosixPath(".copier-answers.yml")
MOST_VALUES = 100_000


@dataclass(frozen=True)
class Record:
    """What an answers file holds.

    Args:
        url: The template's repository.
        commit: The version of it that the project has, a tag or a hash.
        answers: To the template's questions.
        standard: What else it records: of a team's preset, and of what the project does not take.
    """

    url: str
    commit: str
    answers: Mapping[str, Any]
    standard: Mapping[str, Any] = field(default_factory=dict)

    @property
    def preset(self) -> str | None:
        """The preset that it was made with, where that is not one of ours."""
        return self.standard.get("preset")

    @property
    def owners(self) -> Mapping[str, str]:
        """Who owns a file, by a pattern of paths."""
        owners: Mapping[str, str] = self.standard.get("preset_owners", {})
        return owners

    @property
    def fixed(self) -> Mapping[str, Any]:
        """The answers that the preset fixes."""
        fixed: Mapping[str, Any] = self.standard.get("preset_fixed", {})
        return fixed

    @property
    def left_out(self) -> list[str]:
        """What of the template the project does not take: files and tables of pyproject.toml."""
        patterns: list[str] = self.standard.get(LEFT_OUT, [])
        return patterns


def parse_record(text: str) -> Record:
    """Return what an answers file says.

    Raises:
        UsageFailed: It does not say which version of which template the project has.
        TemplateFailed: It is not what an answers file holds.
    """
    content = _parsed(text)
    for key, what in (("_src_path", "template"), ("_commit", "version of the template")):
        if not content.get(key):
            raise UsageFailed(
                f"{ANSWERS_FILE} records no {what} ({key}), so nobody knows what to update from."
            )
    url, commit = str(content.pop("_src_path")), str(content.pop("_commit"))
    standard = {key: content.pop(key) for key in STANDARD if key in content}
    for key, value in standard.items():
        _demand_kind(key, value)
    answers = {key: value for key, value in content.items() if not key.startswith("_")}
    return Record(url, commit, answers, standard)


def _parsed(text: str) -> dict[str, Any]:
    try:
        content = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line = f", line {mark.line + 1}" if (mark := getattr(error, "problem_mark", None)) else ""
        raise TemplateFailed(f"{ANSWERS_FILE}{line}: this is not YAML.") from None
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise TemplateFailed(f"{ANSWERS_FILE}: this is not a mapping of answers.")
    if not _ends(content):
        raise TemplateFailed(f"{ANSWERS_FILE}: holds more than {MOST_VALUES} values.")
    return content


def _ends(content: object) -> bool:
    """Return whether a value can be walked through; by aliases it may hold itself."""
    todo = [content]
    for _ in range(MOST_VALUES):
        match todo.pop():
            case dict() as table:
                todo += table.values()
            case list() as items:
                todo += items
        if not todo:
            return True
    return False


def _demand_kind(key: str, value: object) -> None:
    match value:
        case str():
            kind = TEXT
        case list() if all(isinstance(item, str) for item in value):
            kind = TEXTS
        case dict() if all(isinstance(name, str) for name in value):
            kind = TABLE
        case _:
            kind = ""
    if kind != STANDARD[key]:
        raise TemplateFailed(f"{ANSWERS_FILE}: {key} is not {STANDARD[key]}.")


def with_origin(text: str, url: str, commit: str, standard: Mapping[str, Any]) -> str:
    """Return the text of an answers file that names this template, version and standard.

    A template that does not write them itself would record the folder that it was rendered from.
    """
    comments = re.match(r"(?:#.*\n)*", text)[0]  # type: ignore[index]
    rest = re.sub(r"^_(commit|src_path):.*\n", "", text.removeprefix(comments), flags=re.MULTILINE)
    lacking = {
        key: standard[key] for key in standard if not re.search(rf"^{key}:", rest, re.MULTILINE)
    }
    origin = {"_commit": commit, "_src_path": url, **lacking}
    written = yaml.safe_dump(
        origin, allow_unicode=True, width=10_000, default_flow_style=False, sort_keys=False
    )
    return comments + written + rest
