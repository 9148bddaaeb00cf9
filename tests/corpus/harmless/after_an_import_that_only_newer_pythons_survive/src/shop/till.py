import inspect
import itertools

try:
    import annotationlib

    def signature(function):
        return inspect.signature(
            function, annotation_format=annotationlib.Format.FORWARDREF
        )
except ImportError:
    signature = inspect.signature

try:
    from typing import override
except ImportError:
    rows = None
else:

    @override
    def rows(items):
        return list(itertools.batched(items, 2))
