"""Whether a new backend for the web answers in time: under load, and while others sign in.

    python -m benchmarks.a_web_backend_under_load [SECONDS]

The load is made on the same machine. DATABASE_URL names a database of PostgreSQL's to use, which
is filled; otherwise it is a new file of SQLite's.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from asyncio import IncompleteReadError, StreamReader, StreamWriter
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from benchmarks.importing_a_new_project import BIN, install

PORT = 8642
REQUESTS = 200  # a second
WRONG_SIGN_INS = 60
PASSWORD = "correct horse battery staple"  # noqa: S105


class Client:
    """A connection that stays open, as a program or a browser keeps it."""

    def __init__(self, token: str = "") -> None:
        self.connection = HTTPConnection("127.0.0.1", PORT, timeout=60)
        self.headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}

    def get(self, path: str) -> int:
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status

    def post(self, path: str, **fields: str) -> tuple[int, dict[str, str]]:
        self.connection.request("POST", path, json.dumps(fields), self.headers)
        answer = self.connection.getresponse()
        return answer.status, json.loads(answer.read() or "{}")


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """Make the project, install it as its users do, let it serve; give the process's number."""
    project = folder / "hello"
    new = [str(BIN / "modwright"), "new", str(project), "--preset", "web-backend", "--defaults"]
    subprocess.run([*new, "--no-check", "--no-git"], check=True, capture_output=True)
    program = install(project, folder / "environment").with_name("hello")
    settings = {
        "DATABASE_URL": f"sqlite:///{folder / 'hello.db'}",
        **os.environ,
        "HELLO_PORT": str(PORT),
        "HELLO_LOG_FORMAT": "json",
        # All sign-ins come from this machine, and each of them shall be hashed.
        "HELLO_ATTEMPTS_FROM_AN_ADDRESS": "1000",
        "HELLO_HASHES_WAITING": str(WRONG_SIGN_INS),
    }
    subprocess.run([program, "migrate"], env=settings, check=True)
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([program, "serve"], env=settings, stderr=log)
    try:
        wait_until_it_answers()
        yield server.pid
    finally:
        server.terminate()
        server.wait()


def wait_until_it_answers() -> None:
    for _ in range(300):
        try:
            if Client().get("/ready") == HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


def signed_in() -> str:
    """Register somebody with a hundred records; return a token."""
    email = f"{uuid4().hex}@example.org"
    Client().post("/register", email=email, password=PASSWORD)
    token = Client().post("/sign-in", email=email, password=PASSWORD)[1]["token"]
    client = Client(token)
    for number in range(100):
        client.post("/records", area="load", text=f"the record of number {number}")
    return token


@dataclass
class Reader:
    """Reads over as many connections as it takes; those that are free are used again."""

    token: str
    free: deque[tuple[StreamReader, StreamWriter]] = field(default_factory=deque)

    async def get(self, path: str) -> int:
        """Return the status of an answer that was received to its end; 0 where none was."""
        try:
            connection = await self.connection()
            status = await self.ask(connection, path)
        except (OSError, IncompleteReadError):
            return 0
        self.free.append(connection)
        return status

    async def connection(self) -> tuple[StreamReader, StreamWriter]:
        if self.free:  # the one that has waited longest, before the server closes it
            return self.free.popleft()
        return await asyncio.open_connection("127.0.0.1", PORT)

    async def ask(self, connection: tuple[StreamReader, StreamWriter], path: str) -> int:
        reader, writer = connection
        host, bearer = f"Host: 127.0.0.1:{PORT}", f"Authorization: Bearer {self.token}"
        writer.write(f"GET {path} HTTP/1.1\r\n{host}\r\n{bearer}\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = head.partition(b"content-length: ")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length))
        return int(head.split()[1])


async def read_steadily(count: int, token: str) -> list[tuple[float, int]]:
    """Return how late each answer came after its request was due, and with which status.

    A request is sent when it is due, whether or not those before have been answered: none waits
    for another, and none is counted from later than it was meant to be sent.
    """
    reader = Reader(token)
    clock = asyncio.get_running_loop().time
    begin = clock() + 0.5

    async def read(number: int) -> tuple[float, int]:
        status = await reader.get(("/whoami", "/records?limit=20", "/health")[number % 3])
        return clock() - begin - number / REQUESTS, status

    reading = []
    for number in range(count):
        await asyncio.sleep(begin + number / REQUESTS - clock())
        reading.append(asyncio.create_task(read(number)))
    await asyncio.wait(reading, timeout=60)
    for _, writer in reader.free:
        writer.close()
    return [each.result() if each.done() else (60.0, 0) for each in reading]


def read_for(seconds: int, token: str, server: int) -> None:
    """Read at a steady rate, and tell what it has cost both sides."""
    before, own = processor_time(server), time.process_time()
    answers = asyncio.run(read_steadily(REQUESTS * seconds, token))
    own, of_server = time.process_time() - own, processor_time(server) - before
    times = sorted(taken * 1000 for taken, _ in answers)
    lost = sum(status != HTTPStatus.OK for _, status in answers)
    print(f"\n{len(answers)} reading requests, {REQUESTS} a second for {seconds} s")
    print(f"  lost: {lost}   goal: 0")
    print(f"  median {statistics.median(times):.1f} ms, longest {times[-1]:.1f} ms")
    print(f"  99th percentile: {times[len(times) * 99 // 100]:.1f} ms   goal: under 100")
    of_server, own = (taken * 1000 / len(answers) for taken in (of_server, own))
    print(f"  processor, each request: {of_server:.2f} ms, and {own:.2f} ms to ask it")
    print(f"  load of the machine: {os.getloadavg()[0]:.1f}")


def processor_time(process: int) -> float:
    """Return the seconds that a process has spent on a processor (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ask_while_others_sign_in(token: str) -> None:
    """Ask who is signed in, again and again: first alone, then among wrong sign-ins."""
    client = Client(token)

    def ask() -> float:
        begin = time.perf_counter()
        if client.get("/whoami") != HTTPStatus.OK:
            raise SystemExit("nobody is signed in any more")
        return (time.perf_counter() - begin) * 1000

    statuses: list[int] = []

    def fail(number: int) -> None:
        email = f"{number}@example.org"
        statuses.append(Client().post("/sign-in", email=email, password="wrong")[0])  # noqa: S106

    idle = [ask() for _ in range(200)][50:]
    others = [threading.Thread(target=fail, args=[number]) for number in range(WRONG_SIGN_INS)]
    for thread in others:
        thread.start()
    meanwhile = []
    while any(thread.is_alive() for thread in others):
        meanwhile.append(ask())
        time.sleep(0.005)
    hashed = statuses.count(HTTPStatus.UNAUTHORIZED)
    print(f"\n/whoami while {WRONG_SIGN_INS} wrong sign-ins are under way, {hashed} of them hashed")
    for name, times in (("idle", idle), ("meanwhile", meanwhile)):
        print(f"  {name}: median {statistics.median(times):.1f} ms, longest {max(times):.1f} ms")
    ratio = statistics.median(meanwhile) / statistics.median(idle)
    print(f"  ratio: {ratio:.2f}   goal: at most 3")


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with TemporaryDirectory() as folder, served(Path(folder)) as server:
        token = signed_in()
        ask_while_others_sign_in(token)
        read_for(seconds, token, server)


if __name__ == "__main__":
    main()
