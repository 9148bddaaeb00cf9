from shop.apples import *
from shop.pears import *


def total():
    return weigh() + count() + price()
