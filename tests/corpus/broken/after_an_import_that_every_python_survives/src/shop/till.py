import inspect
import itertools

try:
    import tomllib

    def rows(items):
        tomllib.loads("")
        return list(itertools.batched(items, 2))
except ImportError:
    rows = None

try:
    from typing import override
except ImportError:
    override = None
finally:

    def asked(function):
        return inspect.signature(function, annotation_format=1)
