import itertools


def shelves(books):
    return list(itertools.batched(books, 10))
