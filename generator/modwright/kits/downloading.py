"""Wheels from the index into the user's cache: side by side, resumed, tried again, verified."""

import hashlib
import os
import time
from base64 import b64encode
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, suppress
from http.client import HTTPException
from netrc import NetrcParseError, netrc
from pathlib import Path
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, url2pathname, urlopen

from platformdirs import user_cache_path

from modwright.errors import EnvironmentFailed
from modwright.kits.resolving import Wheel
from modwright_check.system.side_by_side import side_by_side

AT_ONCE = 6
TRIES = 4
SECONDS_TO_WAIT = 30
CHUNK = 1 << 18  # bytes
_PARTIAL = 206  # the status of a part that was asked for
_TOO_FAR = 416  # the status where nothing is left
_PASSING = {408, _TOO_FAR, 429, *range(500, 600)}  # after which the next try may go better

# That tell uv of indexes.
_INDEXES = ("UV_DEFAULT_INDEX", "UV_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL")

Advance = Callable[[int], None]


class _Damaged(Exception):
    """What came is not what the index has announced."""


class Cache:
    """Where wheels are kept from one kit to the next, named by their hashes.

    Args:
        folder: Where; by default the user's own cache.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or user_cache_path("modwright", appauthor=False) / "wheels"

    def file(self, wheel: Wheel) -> Path:
        """Return where a wheel is kept."""
        return self.folder / wheel.sha256 / wheel.name

    def lacks(self, wheels: Collection[Wheel]) -> list[Wheel]:
        """Return those that are not there to the last byte."""
        return [wheel for wheel in wheels if not _is(wheel, self.file(wheel))]


def download(wheels: Collection[Wheel], cache: Cache, advance: Advance) -> None:
    """Bring wheels into a cache.

    Args:
        wheels: Which.
        cache: Where to.
        advance: Told of each part that has come, in bytes.

    Raises:
        EnvironmentFailed: One cannot be had.
    """
    # What has come when one fails stays, for the next time.
    side_by_side(lambda wheel: _bring(wheel, cache, advance), wheels, AT_ONCE)


def _bring(wheel: Wheel, cache: Cache, advance: Advance) -> None:
    file = cache.file(wheel)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    for tried in range(1, TRIES + 1):
        try:
            _fetch(wheel, part, advance)
            part.replace(file)
        except (OSError, HTTPException, _Damaged, ValueError) as error:
            if isinstance(error, HTTPError):
                error.close()
            if tried == TRIES or not _may_pass(error):
                reason = _reason(error)
                raise EnvironmentFailed(f"{wheel.name} cannot be downloaded: {reason}.") from None
            time.sleep(tried**2 / 4)
        else:
            return


def _fetch(wheel: Wheel, part: Path, advance: Advance) -> None:
    """Write a wheel to a file, of which an earlier try may have left a part."""
    with part.open("ab") as target, closing(_open(wheel.url, target.tell())) as source:
        if getattr(source, "status", None) not in {_PARTIAL, _TOO_FAR}:
            target.truncate(0)
        for chunk in _chunks(source):
            target.write(chunk)
            advance(len(chunk))
    if not _is(wheel, part):
        part.unlink()
        raise _Damaged("what has come is not what the index has announced")


def _is(wheel: Wheel, file: Path) -> bool:
    """Return whether a file is a wheel, to the last byte."""
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest() == wheel.sha256
    except FileNotFoundError:
        return False


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    while chunk := source.read(CHUNK):
        yield chunk


def _open(url: str, begin: int) -> IO[bytes]:
    parts = urlsplit(url)
    if parts.scheme == "file":
        return Path(url2pathname(parts.path)).open("rb")
    if parts.scheme not in {"http", "https"}:
        raise ValueError(f"{url} is not an address of the web")
    request = Request(url)  # noqa: S310 (see above)
    request.add_header("User-Agent", "modwright")
    if begin:
        request.add_header("Range", f"bytes={begin}-")
    if authorization := _authorization(parts.hostname or ""):
        request.add_unredirected_header("Authorization", authorization)
    return urlopen(request, timeout=SECONDS_TO_WAIT)  # type: ignore[no-any-return] # noqa: S310


def _authorization(host: str) -> str | None:
    """Return how this user is known to a host: by the address of an index, or by netrc, as uv."""
    known = _login_of_an_index(host) or _login_of_netrc(host)
    return f"Basic {b64encode(known.encode()).decode()}" if known else None


def _login_of_an_index(host: str) -> str | None:
    told = " ".join(os.environ.get(name, "") for name in _INDEXES)
    for word in told.split():
        parts = urlsplit(word[word.find("http") :])  # an index may have a name: acme=https://...
        if parts.hostname == host and parts.username is not None:
            return f"{parts.username}:{parts.password or ''}"
    return None


def _login_of_netrc(host: str) -> str | None:
    with suppress(OSError, NetrcParseError):
        known = netrc(os.environ.get("NETRC")).authenticators(host)
        if known:
            return f"{known[0]}:{known[2]}"
    return None


def _may_pass(error: Exception) -> bool:
    """Return whether it may go better at the next try."""
    return not isinstance(error, HTTPError) or error.code in _PASSING


def _reason(error: Exception) -> str:
    if isinstance(error, HTTPError):
        return f"the server says {error.code} {error.reason}"
    return str(getattr(error, "reason", None) or error or type(error).__name__)
