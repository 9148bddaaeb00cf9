from loom.engines import engine

_THREADS = {"warp": {"till": 1}}


def __getattr__(name: str) -> object:
    chosen = engine()
    if name in _THREADS:
        return _THREADS[name][chosen]
    raise AttributeError(name)
