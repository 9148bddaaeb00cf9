"""A page in headless Chromium, spoken to over its pipe (Chrome DevTools Protocol, version 1.3)."""

import json
import os
import signal
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from select import select
from shutil import which
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
# On Windows it takes its pipes in another way.
PROGRAM = None if os.name == "nt" else next(filter(None, map(which, NAMES)), None)

PATIENCE = 120  # seconds; a busy machine may take its time

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)

# Chromium reads from file descriptor 3 and writes to 4.
WIRING = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]
os.dup2(ends[0], 3)
os.dup2(ends[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""

# Every text against the nearest ground behind it: 4.5 to 1, WCAG 2.2, 1.4.3.
CONTRAST = """(() => {
  const rgb = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const linear = (c) => ((c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const rect = each.matches(".node") && each.querySelector("rect");
      const style = getComputedStyle(rect || each);
      const colour = rgb(rect ? style.fill : style.backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const low = [];
  for (const element of document.querySelectorAll("body *")) {
    const texts = [...element.childNodes].filter((n) => n.nodeType === 3 && n.data.trim());
    if (!texts.length || !element.getClientRects().length || element.disabled) continue;
    if (["title", "option", "script"].includes(element.localName)) continue;
    const style = getComputedStyle(element);
    const colour = rgb(element.ownerSVGElement ? style.fill : style.color);
    const [a, b] = [luminance(colour), luminance(ground(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) low.push([element.localName, element.className, texts[0].data, ratio]);
  }
  return low;
})()"""

CODES = {"Backspace": 8, "Tab": 9, "Enter": 13, "Escape": 27, "End": 35, "Home": 36}
CODES |= {"ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}
MODIFIERS = {"Control": 2, "Shift": 8}
TEXTS = {"Enter": "\r"}  # what a key types besides


class Chromium:
    """A browser with one page.

    Args:
        to_browser: What is written to it.
        from_browser: What is read from it.
    """

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._to, self._from = to_browser, from_browser
        self._read = b""
        self._numbers = count(1)
        self._session: str | None = None
        self.complaints: list[str] = []  # what the page wrote to its console, and what it refused
        self.requests: list[str] = []  # what the page has asked for
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        # Its workers wait until their requests are watched, too: see `_note`.
        waits = {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": True}
        self.call("Target.setAutoAttach", **waits)

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Return the result of one command."""
        number = self._send(method, parameters, self._session)
        while (answer := self._receive()).get("id") != number:
            pass
        assert "error" not in answer, answer
        return dict(answer["result"])

    def open(self, file: Path) -> None:
        """Load a file, and wait until its script has drawn."""
        self.visit(file.as_uri())

    def visit(self, url: str) -> None:
        """Load what is at an address, and wait until its script has drawn."""
        self.call("Page.navigate", url=url)
        while self._receive().get("method") != "Page.loadEventFired":
            pass
        self.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")

    def resize(self, width: int, height: int = 900) -> None:
        """Give the page a window of this size."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        self.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")

    def prefer(self, scheme: str, media: str = "") -> None:
        """Prefer `light` or `dark`; show the page as `print` would have it."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", media=media, features=features)

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression in the page."""
        answer = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def click(self, x: float, y: float) -> None:
        """Move the mouse to a place in the window, and click."""
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        for what in ("mousePressed", "mouseReleased"):
            about = {"x": x, "y": y, "button": "left", "clickCount": 1}
            self.call("Input.dispatchMouseEvent", type=what, **about)

    def press(self, key: str) -> None:
        """Press a key and let it go; others may be held meanwhile, as in `Control+Enter`."""
        *held, key = key.split("+")
        about: dict[str, object] = {"key": key, "code": key, "windowsVirtualKeyCode": CODES[key]}
        about["modifiers"] = sum(MODIFIERS[each] for each in held)
        text = {"text": TEXTS[key]} if key in TEXTS and not held else {}
        kind = "keyDown" if text else "rawKeyDown"
        self.call("Input.dispatchKeyEvent", type=kind, **about, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", **about)

    def type(self, text: str) -> None:
        """Press the keys of a text, which has one line."""
        for char in text:
            self.call("Input.dispatchKeyEvent", type="keyDown", key=char, text=char)
            self.call("Input.dispatchKeyEvent", type="keyUp", key=char)

    def picture(self, file: Path) -> None:
        """Save the whole page as a picture."""
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        file.write_bytes(b64decode(shot["data"]))

    def _send(self, method: str, parameters: dict[str, object], session: str | None) -> int:
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        return number

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._read:
            readable, _, _ = select([self._from], [], [], PATIENCE)
            assert readable, "Chromium does not answer"
            more = os.read(self._from, 1 << 16)
            assert more, "Chromium has ended"
            self._read += more
        message, _, self._read = self._read.partition(b"\0")
        event: dict[str, Any] = json.loads(message)
        self._note(event.get("method", ""), event.get("params", {}))
        return event

    def _note(self, method: str, about: dict[str, Any]) -> None:
        if method in {"Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"}:
            self.complaints.append(json.dumps(about))
        elif method == "Network.requestWillBeSent":
            self.requests.append(about["request"]["url"])
        elif method == "Target.attachedToTarget" and self._session:
            for what in ("Network.enable", "Log.enable", "Runtime.runIfWaitingForDebugger"):
                self._send(what, {}, about["sessionId"])


@contextmanager
def chromium(profile: Path) -> Iterator[Chromium]:
    """Start a browser with a new profile; end it, and all that it has started."""
    assert PROGRAM
    (browser_reads, we_write), (we_read, browser_writes) = os.pipe(), os.pipe()
    wiring = [sys.executable, "-c", WIRING, str(browser_reads), str(browser_writes)]
    command = [*wiring, PROGRAM, *ARGUMENTS, f"--user-data-dir={profile}"]
    with ExitStack() as stack:
        process = subprocess.Popen(
            command,
            pass_fds=(browser_reads, browser_writes),
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(profile)},
        )
        stack.callback(_end, process)
        os.close(browser_reads)
        os.close(browser_writes)
        for descriptor in (we_write, we_read):
            stack.callback(os.close, descriptor)
        yield Chromium(we_write, we_read)


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
