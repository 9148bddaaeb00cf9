"""The ready code: what works on a learner's computer, in six letters that can be read out.

Twenty bits of facts and ten of check make thirty: six letters of five bits each. The check is a
remainder by a prime, so one letter misheard, or two exchanged, never gives another valid code.
"""

from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: without I, L, O and U
_HEARD_AS = str.maketrans("OIL", "011", "- ")
_PRIME = 1021  # the greatest below 2 ** 10
_LENGTH = 6

PLATFORMS = (
    "other",
    "linux-x86_64",
    "linux-aarch64",
    "macos-arm64",
    "macos-x86_64",
    "windows-x86_64",
    "windows-arm64",
)
ENVIRONMENTS = ("none", "beside the project", "in the user's data folder")
KITS = 64  # how many kits the code tells apart


class NotACode(ValueError):
    """It is not a ready code, or was misheard."""


@dataclass
class Ready:
    """What works on a computer.

    Args:
        platform: One of `PLATFORMS`.
        python: The minor version of Python 3 that was taken.
        environment: One of `ENVIRONMENTS`: where it was made.
        by_uv: Whether uv has installed the wheels; else they were unpacked.
        imports: Whether all modules of the project were imported.
        test: Whether the first test has passed.
        modwright: Whether modwright runs in the environment.
        compiler: Whether there is a C compiler.
        kit: Which kit it was, less than `KITS`.
    """

    platform: str = "other"
    python: int = 0
    environment: str = "none"
    by_uv: bool = False
    imports: bool = False
    test: bool = False
    modwright: bool = False
    compiler: bool = False
    kit: int = 0

    @property
    def all_works(self) -> bool:
        """Whether nothing is left to be done; a compiler is needed by few."""
        return self.environment != "none" and self.imports and self.test


def kit_number(kit: str) -> int:
    """Return the number of a kit in its codes, by what `kit.json` calls it."""
    return int(kit, 16) % KITS


def encode(ready: Ready) -> str:
    """Return the code, such as `K7QF-2M`."""
    number = 0
    for value, size in (
        (PLATFORMS.index(ready.platform), 8),
        (min(ready.python, 15), 16),
        (ENVIRONMENTS.index(ready.environment), 4),
        *((int(flag), 2) for flag in _flags(ready)),
        (ready.kit, KITS),
    ):
        number = number * size + value
    number = number * 1024 + number % _PRIME
    letters = ""
    for _ in range(_LENGTH):
        number, letter = divmod(number, len(ALPHABET))
        letters = ALPHABET[letter] + letters
    return f"{letters[:4]}-{letters[4:]}"


def decode(code: str) -> Ready:
    """Return what a code says; O is read as 0, I and L as 1, and the hyphen may be left out.

    Raises:
        NotACode: It says nothing.
    """
    letters = code.upper().translate(_HEARD_AS)
    if len(letters) != _LENGTH or not set(letters) <= set(ALPHABET):
        raise NotACode(f"{code} is not a ready code: it has six letters, such as K7QF-2M.")
    number = 0
    for letter in letters:
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    number, check = divmod(number, 1024)
    if check != number % _PRIME:
        raise NotACode(f"{code} is not a ready code: a letter was misheard. Ask for it again.")
    number, kit = divmod(number, KITS)
    number, flags = divmod(number, 32)
    by_uv, imports, test, modwright, compiler = (
        bool(flags >> place & 1) for place in (4, 3, 2, 1, 0)
    )
    number, environment = divmod(number, 4)
    platform, python = divmod(number, 16)
    if platform >= len(PLATFORMS) or environment >= len(ENVIRONMENTS):
        raise NotACode(f"{code} is not a ready code of this modwright.")
    return Ready(
        PLATFORMS[platform],
        python,
        ENVIRONMENTS[environment],
        by_uv,
        imports,
        test,
        modwright,
        compiler,
        kit,
    )


def _flags(ready: Ready) -> tuple[bool, ...]:
    return ready.by_uv, ready.imports, ready.test, ready.modwright, ready.compiler
