from shop.apples import *
from shop.pears import *
