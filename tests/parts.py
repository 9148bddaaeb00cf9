"""Which of the three parts of the tests a case is in: docs/decisions/0015-parts-of-the-tests.md."""

from collections.abc import Iterable, Sequence
from typing import Any

import pytest


def shared_out(cases: Iterable[Any], *, readme: Sequence[Any] = (), full: int = 1) -> list[Any]:
    """Return the cases of a test as parameters of pytest, each for one of the parts.

    Args:
        cases: The values of one parameter.
        readme: Those that the README's command has.
        full: Every so many-th of the others is in the full part; the rest is for releases.
    """
    return [
        *(pytest.param(case) for case in readme),
        *(
            pytest.param(case, marks=pytest.mark.release if number % full else pytest.mark.full)
            for number, case in enumerate(case for case in cases if case not in readme)
        ),
    ]
