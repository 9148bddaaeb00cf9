import warnings

FORMATS: list[str] = []


def add(name: str) -> None:
    warnings.warn("add is deprecated: use FORMATS", DeprecationWarning, stacklevel=2)
    FORMATS.append(name)
