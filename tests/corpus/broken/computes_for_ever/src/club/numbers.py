import itertools

LARGEST = max(itertools.count())
