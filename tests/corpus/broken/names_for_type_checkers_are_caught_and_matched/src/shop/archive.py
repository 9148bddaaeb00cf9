from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zipfile import BadZipFile


def read(loads, text):
    try:
        return loads(text)
    except BadZipFile:
        return None
