from shop.books import Books as Books
