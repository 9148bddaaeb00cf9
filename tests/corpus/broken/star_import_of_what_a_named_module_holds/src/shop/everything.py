from shop import weigh
from shop.weigh import *


def twice():
    return 2 * weigh.weigh()
