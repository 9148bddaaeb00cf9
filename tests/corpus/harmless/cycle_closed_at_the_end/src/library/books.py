class Book:
    title = "Emma"


import library.shelves
