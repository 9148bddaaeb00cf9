from library.authors import Author


class Book:
    author: Author
