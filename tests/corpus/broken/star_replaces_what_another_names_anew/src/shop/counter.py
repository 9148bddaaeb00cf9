from shop.market import *
from shop.bread import *
