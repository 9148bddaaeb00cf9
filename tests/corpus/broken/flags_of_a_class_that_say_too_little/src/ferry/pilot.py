import sys

VERSION = sys.version_info + (0,)


class Knows:
    """What this Python knows."""

    texts_as_code = VERSION < (3, 14)
    batches: bool = VERSION >= (3, 11)
