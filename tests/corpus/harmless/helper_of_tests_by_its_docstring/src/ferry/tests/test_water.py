from ferry.quays import quay


def test_a_quay_is_made() -> None:
    assert quay()
