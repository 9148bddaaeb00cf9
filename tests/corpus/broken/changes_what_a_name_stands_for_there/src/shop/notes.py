import functools
import json as writer

writer.dumps = functools.partial(writer.dumps, indent=1)

import pickle as writer


def note(value: object) -> bytes:
    return writer.dumps(value)
