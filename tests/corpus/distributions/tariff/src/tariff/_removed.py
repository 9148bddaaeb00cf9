"""Says what has become of names."""


def refused(name: str) -> object:
    if name == "penny":
        raise AttributeError("`tariff.penny` was removed in the Tariff 2.0 release. Use `cent`.")
    if name == "Season":
        from tariff import MovedError

        raise MovedError("`Season` has moved to the package tariff-seasons")
    raise AttributeError(f"module 'tariff' has no attribute {name!r}")
