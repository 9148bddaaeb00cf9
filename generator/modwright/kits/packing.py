"""Zips whose bytes depend on nothing but their content, written whole or not at all."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from modwright.errors import UsageFailed, in_words

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a zip knows
TO_BE_RUN = (".sh", ".command")
_UNIX = 3  # the system whose modes an entry has

Content = Path | bytes


def entry_of(name: str, compression: int = ZIP_STORED, *, may_be_run: bool = False) -> ZipInfo:
    """Return an entry of a zip without anything of this moment or this computer."""
    entry = ZipInfo(name, LONG_AGO)
    entry.create_system = _UNIX
    entry.external_attr = (0o100755 if may_be_run else 0o100644) << 16
    entry.compress_type = compression
    return entry


def write_zip(file: Path, contents: Mapping[str, Content]) -> None:
    """Write a zip in one step: a part of it is never seen under its name.

    Nothing is compressed: wheels are already, and what zlib makes of the rest differs from one
    computer to another.

    Args:
        file: Where to; what is there is replaced.
        contents: What it holds, by name: files, or bytes.

    Raises:
        UsageFailed: It cannot be written there.
    """
    with _in_one_step(file) as draft, ZipFile(draft, "w") as packed:
        for name, content in sorted(contents.items()):
            entry = entry_of(name, may_be_run=_may_be_run(name, content))
            if isinstance(content, bytes):
                packed.writestr(entry, content)
                continue
            entry.file_size = content.stat().st_size
            with content.open("rb") as source, packed.open(entry, "w") as target:
                shutil.copyfileobj(source, target, 1 << 20)


def write_text(file: Path, text: str) -> None:
    """Write a text in one step.

    Raises:
        UsageFailed: It cannot be written there.
    """
    with _in_one_step(file) as draft:
        draft.write_text(text, "utf-8", newline="\n")


def demand_free(output: Path, *, force: bool, is_folder: bool = False) -> None:
    """Check that a file, or a folder, can be written.

    Raises:
        UsageFailed: It is there, or nothing can be there.
    """
    if output.exists():
        if output.is_dir() != is_folder:
            kinds = ("file", "folder") if is_folder else ("folder", "file")
            raise UsageFailed(f"{output} is a {kinds[0]}. Name a {kinds[1]}.")
        if not force:
            raise UsageFailed(f"{output} is there already. Name another one, or use --force.")
    if not output.absolute().parent.is_dir():
        raise UsageFailed(f"{output}: there is no folder {output.parent}.")


@contextmanager
def _in_one_step(file: Path) -> Iterator[Path]:
    """Yield a file that takes the place of another one at the end, if all has gone well."""
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        yield draft
        draft.replace(file)
    except OSError as error:
        raise UsageFailed(f"{file} cannot be written: {in_words(error)}.") from None
    finally:
        with suppress(OSError):
            draft.unlink()


def _may_be_run(name: str, content: Content) -> bool:
    if isinstance(content, bytes) or os.name == "nt":
        return name.endswith(TO_BE_RUN)
    return name.endswith(TO_BE_RUN) or bool(content.stat().st_mode & 0o100)
