from shop.market import *
from shop.fruit import *
