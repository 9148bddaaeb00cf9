from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import CodeType


def constants(code: CodeType) -> list[CodeType]:
    from types import CodeType

    return [each for each in code.co_consts if isinstance(each, CodeType)]
