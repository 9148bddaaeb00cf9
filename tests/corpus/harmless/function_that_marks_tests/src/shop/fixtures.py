from collections.abc import Callable


def requires_a_till(test: Callable[[], None]) -> Callable[[], None]:
    import pytest

    return pytest.mark.skipif(True, reason="there is no till")(test)


def till_or_skip() -> None:
    from pytest import skip

    skip("there is no till")
