from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import opts


class Till:
    def __init__(self) -> None:
        from . import opts  # only when a till is opened

        self.options = opts.Options(1)

    def resize(self, size: int) -> opts.Options:
        return opts.Options(size)
