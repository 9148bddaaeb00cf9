"""What a project tells whoever imports it to install."""

import re
from collections.abc import Collection

from packaging.utils import canonicalize_name

from modwright_check.index.module_origins import Origin, Origins
from modwright_check.model.import_result import Outcome
from modwright_check.static.source import Source

# A command: `uv pip install 'shop[mail]'`, `conda install -c conda-forge tea`, `poetry add tea`.
_COMMAND = re.compile(
    r"\b(?:pip[\d.]*|uv|conda|mamba|poetry|pdm|pipenv)\s+(?:\w+\s+)?(?:install|add)\s+"
    r"(?:-c\s+\S+\s+|-\S+\s+)*[\"'`]?(?P<name>\w[\w.-]*)(?:\[(?P<extras>[\w.,\s-]+)\])?"
)

# "Install with server extra", "please install the `mail` extras".
_EXTRA = re.compile(r"(?i)\binstall\b[^.\n]{0,80}?[\"'`\[]?\b(?P<name>\w[\w-]*)[\"'`\]]? extras?\b")


def advises_to_install(said: str, origins: Origins, source: Source | None = None) -> bool:
    """Return whether a text has a command that installs what is not there, or asks to install it.

    That may be what an extra of the project brings. Without a command it has to name such an extra,
    or what the module itself misses.

    Args:
        said: What a module prints, warns of, or raises.
        origins: What is installed.
        source: Of the module, where that is known.
    """
    return (
        _has_a_command(said, origins)
        or _names_an_extra(said, origins)
        or any(
            re.search(rf"\binstall\s+[\"'`]?{re.escape(each.top)}\b", said)
            for each in (source.imports if source else ())
            if each.top and origins.of(each.module) is Origin.MISSING
        )
    )


def fails_with_advice(outcome: Outcome, origins: Origins) -> bool:
    """Return whether a failed import has told, by its exception or before, what to install.

    Args:
        outcome: Of the import.
        origins: What is installed.
    """
    printed = (effect.detail for effect in outcome.effects if effect.kind == "output")
    return any(advises_to_install(said, origins) for said in (outcome.message, *printed))


def commands_name(said: str, words: Collection[str]) -> bool:
    """Return whether a text has a command that installs something of one of these names.

    Args:
        said: The description of a project.
        words: In lower case.
    """
    return any(found["name"].lower() in words for found in _COMMAND.finditer(said))


def _has_a_command(said: str, origins: Origins) -> bool:
    installed = origins.installed.distributions.keys()
    return any(
        not _wanted(found["name"], found["extras"], origins) <= installed
        for found in _COMMAND.finditer(said)
    )


def _names_an_extra(said: str, origins: Origins) -> bool:
    """Return whether a text asks to install with an extra that brings what is not there."""
    asked = {canonicalize_name(found["name"]) for found in _EXTRA.finditer(said)}
    installed = origins.installed.distributions.keys()
    return any(
        not brought <= installed
        for extra, brought in origins.declared.extras.items()
        if canonicalize_name(extra) in asked
    )


def _wanted(name: str, extras: str | None, origins: Origins) -> set[str]:
    """Return the distributions that a command installs, of the project those of its extras."""
    if canonicalize_name(name) != origins.own:
        return {canonicalize_name(name)}
    asked = {canonicalize_name(each.strip()) for each in (extras or "").split(",")}
    brought = origins.declared.extras
    return set().union(*(brought[each] for each in brought if canonicalize_name(each) in asked))
