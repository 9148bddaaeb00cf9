from shop._vendored.six import text

ENTRIES = [text]
