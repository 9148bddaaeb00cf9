def test_orders():
    assert sum([1, 1]) == 2
