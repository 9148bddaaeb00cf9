"""The course in a browser: its folder, shown to this computer, or to all in the room."""

import gzip
import socket
import sys
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from .trouble import Trouble

FOLDER = "browser"
PORTS = range(8000, 8020)
# Windows may think otherwise of what these are, and then a browser refuses them.
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".py": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".zip": "application/zip",
}
COMPRESSED = {".js", ".mjs", ".json", ".wasm"}  # forty people load the rest of these at once


class _Handler(SimpleHTTPRequestHandler):
    """Hands out the files of the folder, and nothing else."""

    server_version, sys_version = "modwright", ""
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """Send a file."""
        self._send(with_content=True)

    def do_HEAD(self) -> None:
        """Send what is said of a file."""
        self._send(with_content=False)

    def log_message(self, *_: object) -> None:
        """Say nothing: a room asks for a thousand files."""

    def _send(self, *, with_content: bool) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        kind = KINDS.get(file.suffix)
        if kind is None or not file.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        tag = _tag(file)
        if self.headers.get("If-None-Match") == tag:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        packs = file.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", "")
        content = _packed(file, tag) if packs else file.read_bytes()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-cache")  # but ask whether it is still the same
        self.send_header("ETag", tag)
        self.send_header("X-Content-Type-Options", "nosniff")
        if packs:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if with_content:
            self.wfile.write(content)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    allow_reuse_address = sys.platform != "win32"  # where it would let two have one port

    def handle_error(self, *_: object) -> None:
        """Say nothing of browsers that were closed while they loaded."""


def serve(root: Path, *, to_room: bool) -> int:
    """Show the course of a kit until Ctrl-C.

    Args:
        root: The folder of the kit.
        to_room: Whether other computers may see it.

    Returns:
        0 when it was shown, 1 when there is nothing to show, or no port to show it on.
    """
    try:
        _show(root / FOLDER, to_room=to_room)
    except Trouble as trouble:
        print(trouble, flush=True)
        return 1
    except KeyboardInterrupt:
        print("Ended.", flush=True)
    return 0


def _show(folder: Path, *, to_room: bool) -> None:
    if not (folder / "index.html").is_file():
        raise Trouble("This kit has no page for browsers: it was made without --browser.")
    with _listening(folder, "0.0.0.0" if to_room else "127.0.0.1") as server:  # noqa: S104
        here = _own_address() if to_room else "127.0.0.1"
        for file in folder.rglob("*"):  # before forty people ask for it at once
            if file.suffix in COMPRESSED:
                _packed(file, _tag(file))
        whom = "Everybody in the room opens" if to_room else "Open"
        print(f"{whom} http://{here}:{server.server_port}/ in a browser.", flush=True)
        if server.server_port != PORTS[0]:
            print(
                f"Port {PORTS[0]} is in use; what was written there is not seen here.", flush=True
            )
        print("It is there until this window is closed, or Ctrl-C is pressed.", flush=True)
        server.serve_forever()


def _listening(folder: Path, address: str) -> _Server:
    for port in PORTS:
        try:
            return _Server((address, port), partial(_Handler, directory=str(folder)))
        except OSError:  # somebody else has it
            continue
    raise Trouble(f"The ports {PORTS[0]} to {PORTS[-1]} are in use. Close other servers.")


def _own_address() -> str:
    """Return the address by which others on this network reach this computer."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 9))  # which sends nothing
        except OSError:
            raise Trouble("This computer is in no network. Join the room's first.") from None
        return str(probe.getsockname()[0])


def _tag(file: Path) -> str:
    """Return what tells a file from what it was before."""
    about = file.stat()
    return f'"{about.st_mtime_ns:x}-{about.st_size:x}"'


@cache
def _packed(file: Path, _tag: str) -> bytes:
    return gzip.compress(file.read_bytes(), 6)
