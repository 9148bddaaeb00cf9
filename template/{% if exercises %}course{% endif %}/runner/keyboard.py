"""Keys as they are pressed, in a terminal that is left as it was found."""

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

SEQUENCES = {
    "\x1b[A": "up", "\x1b[B": "down", "\x1b[5~": "page up", "\x1b[6~": "page down",
    "\x1bOA": "up", "\x1bOB": "down", "\x1b": "escape",
    "\r": "enter", "\n": "enter", "\x7f": "backspace", "\x08": "backspace",
}  # fmt: skip
SLOW = 0.05  # seconds between the parts of one key, at most
WINDOWS = {"H": "up", "P": "down", "I": "page up", "Q": "page down"}

if sys.platform == "win32":
    import ctypes
    import msvcrt

    class Keyboard:
        """The console of Windows."""

        def __enter__(self) -> "Keyboard":
            """Let the console understand what moves its cursor; raise OSError if it does not."""
            self._console = ctypes.windll.kernel32.GetStdHandle(-11)
            mode = ctypes.c_ulong()
            if not ctypes.windll.kernel32.GetConsoleMode(self._console, ctypes.byref(mode)):
                raise OSError("no console")
            self._before = mode.value
            if not ctypes.windll.kernel32.SetConsoleMode(self._console, mode.value | 4):
                raise OSError("an old console")
            return self

        def __exit__(self, *problem: object) -> None:
            """Leave the console as it was."""
            ctypes.windll.kernel32.SetConsoleMode(self._console, self._before)

        def key(self, seconds: float) -> str:
            """Return the next key, or nothing when none was pressed in time."""
            until = time.monotonic() + seconds
            while not msvcrt.kbhit():
                if time.monotonic() > until:
                    return ""
                time.sleep(0.02)
            char = msvcrt.getwch()
            if char == "\x03":
                raise KeyboardInterrupt
            if char in "\0\xe0":
                return WINDOWS.get(msvcrt.getwch(), "other")
            return SEQUENCES.get(char, char)

        def forget(self) -> None:
            """Drop the keys that were pressed and not asked for."""
            while msvcrt.kbhit():
                msvcrt.getwch()

else:
    import codecs
    import re
    import select
    import termios
    import tty

    class Keyboard:
        """The terminal that this process reads from."""

        def __enter__(self) -> "Keyboard":
            """Take keys as they come; raise OSError where there is not a terminal."""
            self._terminal = sys.stdin.fileno()
            try:
                self._before = termios.tcgetattr(self._terminal)
            except termios.error as problem:
                raise OSError(*problem.args) from None
            self._decoder = codecs.getincrementaldecoder("utf-8")("ignore")
            self._typed = ""
            self._is_back = False
            self._handlers: dict[int, Any] = {}
            for number, handler in self._signals().items():
                self._handlers[number] = signal.signal(number, handler)
            tty.setcbreak(self._terminal)
            return self

        def __exit__(self, *problem: object) -> None:
            """Leave the terminal as it was."""
            for number, handler in self._handlers.items():
                signal.signal(number, handler)
            with suppress(termios.error):  # the terminal is gone
                self._restore()

        def key(self, seconds: float) -> str:
            """Return the next key, or nothing when none was pressed in time.

            Raises:
                EOFError: The terminal is gone.
            """
            if not self._typed and not self._is_back and self._has_more(seconds):
                self._read()
            if self._came_back():
                return "redraw"
            if self._typed == "\x1b" and self._has_more(SLOW):
                self._read()
            pressed = re.match(r"\x1b(?:\[[0-9;]*.|O.)|.|\n", self._typed)
            if not pressed:
                return ""
            self._typed = self._typed[pressed.end() :]
            known = SEQUENCES.get(pressed[0])
            return known or (pressed[0] if len(pressed[0]) == 1 else "other")

        def forget(self) -> None:
            """Drop the keys that were pressed and not asked for."""
            self._typed = ""
            termios.tcflush(self._terminal, termios.TCIFLUSH)

        def _has_more(self, seconds: float) -> bool:
            return bool(select.select([self._terminal], [], [], seconds)[0])

        def _read(self) -> None:
            try:
                typed = os.read(self._terminal, 1024)
            except OSError:
                typed = b""
            if not typed:
                raise EOFError
            self._typed += self._decoder.decode(typed)

        def _came_back(self) -> bool:
            was, self._is_back = self._is_back, False
            return was

        def _restore(self) -> None:
            termios.tcsetattr(self._terminal, termios.TCSADRAIN, self._before)

        def _signals(self) -> dict[int, Callable[[int, Any], None]]:
            return {
                signal.SIGTSTP: self._sleep,
                signal.SIGCONT: self._wake,
            }

        def _sleep(self, number: int, _: object) -> None:
            """Give the terminal back to the shell, as long as it wants it (Ctrl-Z)."""
            self._restore()
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
            signal.signal(number, self._sleep)

        def _wake(self, number: int, _: object) -> None:
            tty.setcbreak(self._terminal)
            self._is_back = True
