def are_equal(one: float, other: float) -> bool:
    import pytest

    return one == pytest.approx(other)
