"""How modules are shared out."""

import pytest

from modwright_check.collect.part import LARGEST_UNIT, shared_out
from modwright_check.model.options import Shard

NAMES = [
    "app",
    *(f"app.part{part}" for part in range(12)),
    *(f"app.part{part}.page{page}" for part in range(12) for page in range(3 * part)),
    "app.large",
    *(f"app.large.page{page}" for page in range(200)),
    "alone",
]


def shares(names: list[str], number: int) -> list[frozenset[str]]:
    return [shared_out(names, Shard(each, number)) for each in range(1, number + 1)]


@pytest.mark.parametrize("number", [1, 2, 5, 9, pytest.param(1000, marks=pytest.mark.full)])
def test_each_module_is_in_one_share(number: int) -> None:
    told = sorted(name for share in shares(NAMES, number) for name in share)
    assert told == sorted(NAMES)


@pytest.mark.parametrize("number", [2, 5, 9])
def test_shares_are_as_large_as_one_another(number: int) -> None:
    sizes = [len(share) for share in shares(NAMES, number)]
    assert max(sizes) - min(sizes) <= LARGEST_UNIT


def test_the_order_of_the_names_does_not_matter() -> None:
    assert shares(NAMES[::-1], 5) == shares(NAMES, 5)


def test_what_lies_in_a_small_package_stays_together() -> None:
    for share in shares(NAMES, 5):
        for part in range(1, 6):
            inside = {name for name in share if name.startswith(f"app.part{part}.")}
            assert len(inside) in {0, 3 * part}
            assert not inside or f"app.part{part}" in share


def test_every_share_has_some_of_a_large_package() -> None:
    for share in shares(NAMES, 5):
        assert any(name.startswith("app.large.") for name in share)
