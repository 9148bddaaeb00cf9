"""What a wheel says of its own files in RECORD, and whether that is so."""

import csv
import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile, ZipInfo

_LARGEST = 1 << 28  # bytes; larger files are not read to compare their hashes
_LARGEST_RECORD = 32 << 20  # bytes: some hundred thousand files
_PIECE = 1 << 20
# What installers take for another hash.
HEXADECIMAL = "has hashes in hexadecimal digits, not in the URL-safe base64 of the specification"
# Which no RECORD lists with a hash, or at all (PEP 427).
_OF_RECORD = ("/RECORD", "/RECORD.jws", "/RECORD.p7s")


def disagreements(wheel: Path) -> Iterator[tuple[str, str]]:
    """Yield the files of which RECORD is not true, each with what is wrong.

    Installers take files away by that list, and some compare the hashes:
    https://packaging.python.org/en/latest/specifications/binary-distribution-format/

    Args:
        wheel: The file.
    """
    with ZipFile(wheel) as archive:
        members = {each.filename: each for each in archive.infolist() if not each.is_dir()}
        record = next((name for name in members if _is_record(name)), None)
        if record is None or members[record].file_size > _LARGEST_RECORD:
            return
        listed = _listed(archive.read(record).decode("utf-8", "replace"))
        for name, written in listed.items():
            if name not in members:
                yield name, "lists a file that the wheel does not hold"
            elif written and (wrong := _wrong(archive, members[name], written)):
                yield name, wrong
        for name in members:
            if name not in listed and not name.endswith(_OF_RECORD):
                yield name, "does not list a file of the wheel"


def _is_record(name: str) -> bool:
    return name.count("/") == 1 and name.endswith(".dist-info/RECORD")


def _listed(record: str) -> dict[str, str]:
    """Return the hashes by the names of files; empty where there is none."""
    rows = csv.reader(record.splitlines())
    files = (row for row in rows if row and not row[0].endswith("/"))  # some list folders too
    return {row[0]: row[1] if len(row) > 1 else "" for row in files}


def _wrong(archive: ZipFile, member: ZipInfo, written: str) -> str | None:
    """Return what is wrong with the hash of a file, as far as it can be reckoned here."""
    algorithm, _, digest = written.partition("=")
    if algorithm not in hashlib.algorithms_guaranteed or member.file_size > _LARGEST:
        return None
    reckoned = hashlib.new(algorithm, usedforsecurity=False)
    if not reckoned.digest_size:  # as long as anybody likes
        return None
    with archive.open(member) as content:
        while piece := content.read(_PIECE):
            reckoned.update(piece)
    if urlsafe_b64encode(reckoned.digest()).rstrip(b"=").decode() == digest.rstrip("="):
        return None
    return (
        HEXADECIMAL if reckoned.hexdigest() == digest.lower() else "has another hash than the file"
    )
