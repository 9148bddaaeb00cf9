def test() -> int:
    import pytest

    return pytest.main(["--pyargs", "shop"])


class OldTester:
    def __call__(self) -> bool:
        from nose import run

        return run(argv=["", "shop"])
