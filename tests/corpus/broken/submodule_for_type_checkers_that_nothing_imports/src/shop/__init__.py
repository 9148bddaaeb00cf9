from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import opts


class Till:
    def __init__(self) -> None:
        import shop

        self.options = shop

    def resize(self, size: int) -> opts.Options:
        return opts.Options(size)
