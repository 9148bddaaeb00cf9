"""Presets: saved answers in plain Copier data files, ours or anybody's."""

from collections.abc import Callable
from concurrent.futures import Future
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from threading import Thread
from typing import IO, Any, TypeVar
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import yaml

from modwright.errors import UsageFailed

Result = TypeVar("Result")

WEB = ("http://", "https://")
SECONDS_TO_WAIT = 10
LARGEST_PRESET = 1_000_000  # bytes; answers need a thousandth of it


def list_presets(template: Path) -> dict[str, str]:
    """Return the name of each preset of the template with its first line, which describes it."""
    return {
        path.stem: path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")
        for path in sorted((template / "presets").glob("*.yml"))
    }


def load_preset(preset: str, template: Path) -> dict[str, Any]:
    """Return the answers of a preset.

    Args:
        preset: The name of one of ours, a file, or a URL (http or https).
        template: The folder of the template, whose `presets/` holds ours.

    Raises:
        UsageFailed: There is no such preset, or it holds no answers.
    """
    text = _read_preset(preset, template)
    try:
        answers = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise UsageFailed(f"Preset {preset}{line}: not YAML. Write lines of KEY: VALUE.") from None
    if not isinstance(answers, dict) or not all(isinstance(key, str) for key in answers):
        raise UsageFailed(f"Preset {preset}: holds no answers. Write lines of KEY: VALUE.")
    for key, value in answers.items():
        if not all(_is_plain(item) for item in (value if isinstance(value, list) else [value])):
            raise UsageFailed(f"Preset {preset}: {key} is neither a value nor a list of values.")
    return answers


def _is_plain(value: object) -> bool:
    # Lists in lists are no answers; through aliases a few lines can hold billions of them.
    return not isinstance(value, (list, dict, set))


def _read_preset(preset: str, template: Path) -> bytes:
    if preset.lower().startswith(WEB):
        return _download(preset)
    ours = template / "presets" / f"{preset}.yml"
    file = ours if preset in list_presets(template) else Path(preset)
    try:
        with file.open("rb") as opened:
            return _at_most(opened.read(LARGEST_PRESET + 1), preset)
    except OSError as error:
        if not isinstance(error, FileNotFoundError) or file.suffix in {".yml", ".yaml"}:
            raise UsageFailed(f"Preset {preset}: {error.strerror}.") from None
        known = ", ".join(list_presets(template))
        raise UsageFailed(
            f"There is no preset {preset!r}. Take one of {known}, a file or a URL."
        ) from None


def _download(url: str) -> bytes:
    try:
        content, expected = _in_time(lambda: _get(url))
    except HTTPError as error:
        error.close()
        raise UsageFailed(f"Preset {url}: the server says {error.code} {error.reason}.") from None
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise UsageFailed(f"Preset {url}: could not be read ({reason}).") from None
    if expected.isdecimal() and len(_at_most(content, url)) < int(expected):
        raise UsageFailed(f"Preset {url}: the connection broke off. Try it again.")
    return _at_most(content, url)


def _get(url: str) -> tuple[bytes, str]:
    """Return the content, or a little more than is allowed, and the length that was announced."""
    with build_opener(_ToTheWebOnly).open(url, timeout=SECONDS_TO_WAIT) as response:
        return response.read(LARGEST_PRESET + 1), response.headers["Content-Length"] or ""


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


def _at_most(content: bytes, preset: str) -> bytes:
    if len(content) > LARGEST_PRESET:
        raise UsageFailed(f"Preset {preset}: larger than {LARGEST_PRESET} bytes, so no preset.")
    return content
