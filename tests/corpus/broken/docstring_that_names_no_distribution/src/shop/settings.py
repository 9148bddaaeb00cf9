READERS = {".hints": "shop.formats.hints.read"}
