from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tollbooth.gates as gates


class Orders:
    def __init__(self, open_: list[str]) -> None:
        self.open = open_

    def write(self, number: int) -> gates.Gate[int]:
        import tollbooth

        return tollbooth.Gate(number, self.open)
