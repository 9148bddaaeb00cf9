from shop.stock import *
from shop.urls import *

DEFAULT = Stock
