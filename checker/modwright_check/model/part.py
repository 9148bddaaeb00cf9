"""The part of a project's modules that a check looks at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """Modules whose findings are told; what is known of the others only explains them.

    Args:
        names: Their dotted names.
        of: How many modules the wheel contains.
        told: Which part it is, in words.
        with_wheel: Whether findings about the wheel as a whole are told as well.
    """

    names: frozenset[str]
    of: int
    told: str
    with_wheel: bool

    def __str__(self) -> str:
        """Return the part in one line, without a full stop."""
        return f"{self.told}: {len(self.names)} of {self.of} modules"
