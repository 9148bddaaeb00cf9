from shop.roof import NORTH


def test_north() -> None:
    assert NORTH
