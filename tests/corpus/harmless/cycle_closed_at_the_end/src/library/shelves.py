import library.books

FIRST = 1


def title():
    return library.books.Book.title
