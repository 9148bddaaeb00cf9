"""What a project remembers of how it was made: its answers file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import yaml

from modwright.errors import TemplateFailed, UsageFailed

ANSWERS_FILE = PurePosixPath(".copier-answers.yml")


@dataclass(frozen=True)
class Record:
    """What an answers file holds.

    Args:
        url: The template's repository.
        commit: The version of it that the project has, a tag or a hash.
        answers: To the template's questions.
    """

    url: str
    commit: str
    answers: Mapping[str, Any]


def parse_record(text: str) -> Record:
    """Return what an answers file says.

    Raises:
        UsageFailed: It does not say which version of which template the project has.
        TemplateFailed: It is not YAML.
    """
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        line = f", line {mark.line + 1}" if (mark := getattr(error, "problem_mark", None)) else ""
        raise TemplateFailed(f"{ANSWERS_FILE}{line}: this is not YAML.") from None
    if not isinstance(content, dict):
        raise TemplateFailed(f"{ANSWERS_FILE}: this is not a mapping of answers.")
    for key, what in (("_src_path", "template"), ("_commit", "version of the template")):
        if not content.get(key):
            raise UsageFailed(
                f"{ANSWERS_FILE} records no {what} ({key}), so nobody knows what to update from."
            )
    answers = {key: value for key, value in content.items() if not key.startswith("_")}
    return Record(str(content["_src_path"]), str(content["_commit"]), answers)


def with_origin(text: str, url: str, commit: str) -> str:
    """Return the text of an answers file that names this template and version.

    A template that does not write them itself would record the folder that it was rendered from.
    """
    comments = re.match(r"(?:#.*\n)*", text)[0]  # type: ignore[index]
    rest = re.sub(r"^_(commit|src_path):.*\n", "", text.removeprefix(comments), flags=re.MULTILINE)
    origin = yaml.safe_dump({"_commit": commit, "_src_path": url}, allow_unicode=True, width=10_000)
    return comments + origin + rest
