"""The questions of `copier.yml`, as far as a command line has to know them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Question:
    """One question of the template.

    Args:
        name: The key in `copier.yml` and in the answers file.
        help: What is asked.
        choices: Each answer allowed with its label; empty when the answer is free.
        default: As it stands in `copier.yml`, perhaps a Jinja expression; None without one.
        many: Whether the answer is a list.
        yes_or_no: Whether it is either of these.
    """

    name: str
    help: str
    choices: dict[str, str]
    default: Any
    many: bool = False
    yes_or_no: bool = False

    @property
    def option(self) -> str:
        """Return the option that answers it; a list is given one item at a time."""
        name = self.name.removesuffix("s") if self.many else self.name
        return "--" + name.replace("_", "-")


def read_questions(template: Path) -> list[Question]:
    """Return the questions that the template in this folder asks, in its order.

    Settings (names that begin with an underscore) and computed values (`when: false`) are none.
    """
    with (template / "copier.yml").open(encoding="utf-8") as file:
        entries = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return [
        _question(name, details)
        for name, details in entries.items()
        if not name.startswith("_") and details.get("when") is not False
    ]


def _question(name: str, details: dict[str, Any]) -> Question:
    choices = details.get("choices", {})
    if isinstance(choices, list):
        choices = {choice: choice for choice in choices}
    return Question(
        name=name,
        help=details["help"],
        choices={value: label for label, value in choices.items()},
        default=details.get("default"),
        many=details["type"] == "yaml" or details.get("multiselect", False),
        yes_or_no=details["type"] == "bool",
    )
