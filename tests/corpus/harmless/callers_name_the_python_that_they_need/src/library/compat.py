def batched(books: list[str]) -> object:
    from itertools import batched

    return batched(books, 10)
