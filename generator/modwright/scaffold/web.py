"""What lies on the web, read within limits of time and size."""

from collections.abc import Callable
from concurrent.futures import Future
from http.client import HTTPException, HTTPMessage
from threading import Thread
from typing import IO, TypeVar
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

Result = TypeVar("Result")

WEB = ("http://", "https://")
SECONDS_TO_WAIT = 10


class NotRead(Exception):
    """Why a page could not be read."""


def download(url: str, most: int) -> bytes:
    """Return a page, or a little more of it than the most that is wanted.

    Raises:
        NotRead: There is none, or it did not come in time.
    """
    try:
        content, expected = _in_time(lambda: _get(url, most))
    except HTTPError as error:
        error.close()
        raise NotRead(f"the server says {error.code} {error.reason}") from None
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise NotRead(f"could not be read ({reason})") from None
    if expected.isdecimal() and len(content) < min(int(expected), most):
        raise NotRead("the connection broke off. Try it again")
    return content


def _get(url: str, most: int) -> tuple[bytes, str]:
    """Return the content, and the length that was announced."""
    with build_opener(_ToTheWebOnly).open(url, timeout=SECONDS_TO_WAIT) as response:
        return response.read(most + 1), response.headers["Content-Length"] or ""


class _ToTheWebOnly(HTTPRedirectHandler):
    """Follows a server that sends us on, ten times at most, but not to FTP as Python does."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Return the request for the new address."""
        fp.close()  # Python would read a page to its end that nobody needs
        if not newurl.lower().startswith(WEB):
            raise ValueError(f"the server sends us to {newurl}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _in_time(work: Callable[[], Result]) -> Result:
    """Return what some work returns; a limit for each of its waits would not limit their sum."""
    result: Future[Result] = Future()

    def do() -> None:
        try:
            result.set_result(work())
        except BaseException as error:  # noqa: BLE001 (it is raised below)
            result.set_exception(error)

    Thread(target=do, daemon=True).start()
    try:
        return result.result(SECONDS_TO_WAIT)
    except TimeoutError:
        raise TimeoutError(f"not done after {SECONDS_TO_WAIT} s") from None
