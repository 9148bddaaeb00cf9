import itertools
import sys

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if sys.version_info >= (3, 12):
    batched = itertools.batched
else:

    def batched(items, size):
        return zip(*[iter(items)] * size)


def read(text):
    return tomllib.loads(text)
