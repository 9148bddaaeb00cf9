try:
    import weathervane
except ImportError:
    weathervane = None
else:
    from shop.roof import NORTH


def test_north() -> None:
    if weathervane:
        assert NORTH
