import shop.render

__lazy_modules__ = ["shop.render", "shop.texts"]
from shop.render import render
from shop.texts import as_text
