"""The page on configuration says what can be configured, and its examples are valid."""

import re
import tomllib
from pathlib import Path

import click
import pytest
import yaml

from modwright.commands.check import command
from modwright_check.config.configuration import Configuration, read_configuration
from modwright_check.config.filters import selected
from modwright_check.model.codes import finding
from modwright_check.report.formats import FORMATS

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "configuring.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("example", blocks("toml"))
def test_every_example_of_toml_configures_something(example: str) -> None:
    assert read_configuration(tomllib.loads(example)) != Configuration()


@pytest.mark.parametrize("example", blocks("python"))
def test_every_example_of_a_comment_ignores_something(example: str) -> None:
    code = re.search(r"MW\d{3}", example)
    assert code
    found = [finding(code[0], "shop", "is wrong", "Mend it.", "shop.py", 1)]
    assert selected(found, Configuration(), lambda _: example) == ()


@pytest.mark.parametrize("example", blocks("yaml"))
def test_every_example_of_yaml_is_yaml(example: str) -> None:
    assert isinstance(yaml.safe_load(example), dict)


def test_every_key_has_a_row() -> None:
    keys = {name.replace("_", "-") for name in Configuration.__dataclass_fields__}
    assert set(re.findall(r"^\| `([a-z][a-z-]*)` \|", PAGE, re.MULTILINE)) == keys


def test_every_option_has_a_row() -> None:
    options = {
        option
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if option.startswith("--")
    }
    assert set(re.findall(r"^\| `(--[a-z-]+)", PAGE, re.MULTILINE)) == options


def test_every_format_has_a_row() -> None:
    page = (DOCS / "checking.md").read_text("utf-8")
    section = page.partition("## For programs")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `([a-z]+)` \|", section, re.MULTILINE) == list(FORMATS)
