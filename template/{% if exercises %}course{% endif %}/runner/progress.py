"""How far a learner has come, in a file that survives anything and can be handed in."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from . import files
from .exercises import COURSE

FILE = "progress.json"
MOST = 1 << 20  # bytes that anybody reads of it
PATIENCE = 2.0  # seconds for which another runner may hold it


@dataclass
class Record:
    """What happened with one exercise."""

    passed: str | None = None  # when, in UTC; None: not yet
    tries: int = 0
    hints: int = 0
    solution_shown: bool = False

    def merged(self, other: "Record") -> "Record":
        """Return what two runners know of it together."""
        return Record(
            passed=min(filter(None, [self.passed, other.passed]), default=None),
            tries=max(self.tries, other.tries),
            hints=max(self.hints, other.hints),
            solution_shown=self.solution_shown or other.solution_shown,
        )


@dataclass
class Progress:
    """The state of a course; `save` writes it, and takes in what another runner has written."""

    file: Path
    current: str = ""
    exercises: dict[str, Record] = field(default_factory=dict)
    broken: str = ""  # a line for the learner, when the file could not be read
    unsaved: str = ""  # and when it cannot be written
    _reset: set[str] = field(default_factory=set)

    @classmethod
    def load(cls, root: Path) -> "Progress":
        """Return the state of the project in a folder; a broken file is set aside."""
        progress = cls(root / COURSE / FILE)
        try:
            progress.current, progress.exercises = _read(progress.file)
        except FileNotFoundError:
            pass
        except OSError as problem:
            progress.broken = f"{FILE} cannot be read: {problem.strerror}."
        except (ValueError, RecursionError):
            broken = progress.file.with_name("progress.broken.json")
            with suppress(OSError):
                progress.file.replace(broken)
            progress.broken = (
                f"{FILE} was broken, and is now {broken.name}: a checks all and gets it back."
            )
        return progress

    def of(self, name: str) -> Record:
        """Return the record of an exercise."""
        return self.exercises.setdefault(name, Record())

    def is_passed(self, name: str) -> bool:
        """Return whether an exercise has been solved."""
        return name in self.exercises and self.exercises[name].passed is not None

    @property
    def has_begun(self) -> bool:
        """Whether a learner has tried anything yet."""
        return any(record.tries or record.passed for record in self.exercises.values())

    def mark_passed(self, name: str) -> None:
        """Note that an exercise is solved now, unless it was before."""
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.of(name).passed = self.of(name).passed or now

    def mark_reset(self, name: str) -> None:
        """Note that an exercise is to be solved again."""
        self.of(name).passed = None
        self._reset.add(name)

    def save(self) -> None:
        """Write the file; where that is not possible, `unsaved` says so."""
        try:
            with _held(self.file.with_suffix(".lock")):
                with suppress(OSError, ValueError, RecursionError):
                    self._take_in(_read(self.file)[1])
                files.replace(self.file, self._text().encode())
        except OSError as problem:
            why = problem.strerror or problem
            self.unsaved = f"Your progress cannot be saved here ({why}); the course goes on."
        else:
            self.unsaved = ""
            self._reset.clear()

    def _take_in(self, others: dict[str, Record]) -> None:
        for name, other in others.items():
            if name not in self._reset:
                self.exercises[name] = self.of(name).merged(other)

    def _text(self) -> str:
        exercises = {name: asdict(record) for name, record in sorted(self.exercises.items())}
        state = {"schema": 1, "current": self.current, "exercises": exercises}
        return json.dumps(state, indent=2) + "\n"


def _read(file: Path) -> tuple[str, dict[str, Record]]:
    """Return the exercise that is next and the records; raise ValueError for anything else."""
    with file.open("rb") as opened:
        state = json.loads(opened.read(MOST + 1)[: MOST + 1].decode("utf-8"))
    if not isinstance(state, dict) or not isinstance(state.get("exercises", {}), dict):
        raise ValueError("no progress")
    current = state.get("current")
    records = {name: _record(says) for name, says in state.get("exercises", {}).items()}
    return current if isinstance(current, str) else "", records


def _record(says: Any) -> Record:
    """Return what can be understood of a record that anybody may have written."""
    if not isinstance(says, dict):
        return Record()
    passed = says.get("passed")
    return Record(
        passed=passed if isinstance(passed, str) and passed else None,
        tries=_count(says.get("tries")),
        hints=_count(says.get("hints")),
        solution_shown=says.get("solution_shown") is True,
    )


def _count(number: Any) -> int:
    return number if type(number) is int and 0 <= number < 1_000_000 else 0


@contextmanager
def _held(lock: Path) -> Iterator[None]:
    """Keep other runners out, for a moment; one that was killed here holds nobody for long."""
    while not _made(lock):
        if _age(lock) > PATIENCE:
            lock.unlink(missing_ok=True)
        else:
            time.sleep(0.01)
    try:
        yield
    finally:
        with suppress(OSError):
            lock.unlink()


def _made(lock: Path) -> bool:
    with suppress(FileExistsError):
        lock.open("x").close()
        return True
    return False


def _age(lock: Path) -> float:
    """Return how many seconds old a lock is; each runner that takes it makes it anew."""
    with suppress(FileNotFoundError):
        return abs(time.time() - lock.stat().st_mtime)
    return 0.0
