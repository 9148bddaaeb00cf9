from shop.apples import *
from shop.fruit import *
