from shop.api import *
from shop.weigh import *
