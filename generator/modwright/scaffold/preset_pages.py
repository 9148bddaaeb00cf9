"""What may stand in one preset: answers, and rules whose names begin with an underscore.

Copier alone takes the same file as data, and passes over what is not an answer.
"""

from difflib import get_close_matches
from typing import Any, NamedTuple

import yaml

from modwright.errors import UsageFailed
from modwright.scaffold.preset_sources import LARGEST_PRESET, Place
from modwright.scaffold.repositories import holds_password, parse_address

OWNERS = ("managed", "contains", "shared", "seed")


class Page(NamedTuple):
    """One preset alone.

    Args:
        place: Where it lies.
        text: All of it.
        answers: To questions.
        rules: What is not an answer.
    """

    place: Place
    text: bytes
    answers: dict[str, Any]
    rules: dict[str, Any]


def read_page(place: Place) -> Page:
    """Read a preset.

    Raises:
        UsageFailed: It cannot be read, or does not say what a preset can.
    """
    text = place.read()
    if len(text) > LARGEST_PRESET:
        raise UsageFailed(f"Preset {place}: larger than {LARGEST_PRESET} bytes, so no preset.")
    content = _parsed(place, text)
    rules = {key: value for key, value in content.items() if key.startswith("_")}
    answers = {key: value for key, value in content.items() if key not in rules}
    for key, value in answers.items():
        _demand_answer(place, key, value)
    for key, value in rules.items():
        _demand_rule(place, key, value)
    return Page(place, text, answers, rules)


def _demand_answer(place: Place, key: str, value: object) -> None:
    # Lists in lists are not answers; through aliases a few lines can hold billions of them.
    items = value if isinstance(value, list) else [value]
    if any(isinstance(item, (list, dict, set)) for item in items):
        raise UsageFailed(f"Preset {place}: {key} is neither a value nor a list of values.")


def _demand_rule(place: Place, key: str, value: object) -> None:
    if key not in RULES:
        near = get_close_matches(key, RULES, n=1)
        advice = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(RULES)}."
        raise UsageFailed(f"Preset {place}: {key}: no such key. {advice}")
    is_right, told = RULES[key]
    if not is_right(value):
        raise UsageFailed(f"Preset {place}: {key} is not {told}.")


def _parsed(place: Place, text: bytes) -> dict[str, Any]:
    try:
        content = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise UsageFailed(f"Preset {place}{line}: not YAML. Write lines of KEY: VALUE.") from None
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise UsageFailed(f"Preset {place}: holds no answers. Write lines of KEY: VALUE.")
    return content


def _is_preset(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _are_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _are_owners(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(pattern, str) and owner in OWNERS for pattern, owner in value.items()
    )


def _is_template(value: object) -> bool:
    if not isinstance(value, str) or holds_password(value):  # projects record it
        return False
    return parse_address(value) is not None


# Each rule: what it has to be, and how that is told.
RULES = {
    "_extends": (_is_preset, "the name, path or address of a preset"),
    "_fixed": (_are_names, "a list of names of answers"),
    "_owners": (_are_owners, f"a mapping of patterns, each to one of {', '.join(OWNERS)}"),
    "_template": (
        _is_template,
        "the address of a repository, such as https://HOST/TEMPLATE.git@v2",
    ),
}
