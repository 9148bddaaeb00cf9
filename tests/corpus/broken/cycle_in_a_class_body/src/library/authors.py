class Author:
    from library.books import Book

    books: list[Book]
