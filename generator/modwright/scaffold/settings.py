"""The preset that a person has named once for all projects."""

import os
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from modwright.errors import UsageFailed, in_words

VARIABLE = "MODWRIGHT_PRESET"
KEYS = ("preset",)


class Chosen(NamedTuple):
    """A preset that was named elsewhere than on the command line.

    Args:
        preset: As it was written.
        folder: What a relative path in it is relative to.
        where: What names it, for a message.
    """

    preset: str
    folder: Path
    where: str


def chosen_preset() -> Chosen | None:
    """Return the preset that the environment names, or else the settings file; None without one.

    A variable that is set and empty opts out of what the settings file says.

    Raises:
        UsageFailed: The settings file cannot be used.
    """
    preset = os.environ.get(VARIABLE)
    if preset is not None:
        return Chosen(preset, Path(), VARIABLE) if preset else None
    file = settings_file()
    preset = _read(file).get("preset")
    return Chosen(preset, file.parent, str(file)) if preset else None


def settings_file() -> Path:
    """Return where a person's settings lie, which need not be there."""
    from platformdirs import user_config_path  # noqa: PLC0415 (only when somebody asks)

    return user_config_path("modwright", appauthor=False) / "settings.toml"


def _read(file: Path) -> dict[str, str]:
    try:
        content = tomllib.loads(file.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise UsageFailed(f"The settings cannot be read: {in_words(error)}.") from None
    except (ValueError, RecursionError) as error:  # TOML's and UTF-8's are of the first kind
        raise UsageFailed(f"{file}: this is not TOML: {error}.") from None
    for key, value in content.items():
        if key not in KEYS:
            near = get_close_matches(key, KEYS, n=1)
            advice = f"Did you mean {near[0]}?" if near else f"There is: {', '.join(KEYS)}."
            raise UsageFailed(f"{file}: {key}: no such setting. {advice}")
        if not isinstance(value, str):
            raise UsageFailed(f'{file}: {key} is not a text. Write {key} = "...".')
    return content
