__lazy_modules__ = ["shop.render"]
from shop.render import render
