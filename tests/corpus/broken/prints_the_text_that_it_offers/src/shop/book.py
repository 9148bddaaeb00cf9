from shop.rules import TEXT

PAGES = [TEXT]
