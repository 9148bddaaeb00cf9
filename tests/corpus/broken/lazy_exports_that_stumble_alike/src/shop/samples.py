from pathlib import Path

_SAMPLES = {"APPLES": "apples.csv", "PEARS": "pears.csv"}


def __dir__() -> list[str]:
    return sorted(_SAMPLES)


def _file(name: str) -> Path:
    file = Path(__file__).with_name(name)
    if not file.exists():
        raise RuntimeError
    return file


def __getattr__(name: str) -> Path:
    if name in _SAMPLES:
        return _file(_SAMPLES[name])
    raise AttributeError(name)
