from shop.book import Book

BOOK = Book()
