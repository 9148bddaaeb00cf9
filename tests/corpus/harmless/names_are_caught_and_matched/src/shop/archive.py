from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zipfile import BadZipFile


def read(loads, text) -> "BadZipFile | None":
    from zipfile import BadZipFile

    try:
        return loads(text)
    except BadZipFile as error:
        return error
