from library.compat import batched


class Shelves:
    """Books, ten on a shelf. Python 3.12 and newer only."""

    def __init__(self, books: list[str]) -> None:
        self.books = batched(books)
