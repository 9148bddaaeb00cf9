from shop.log import logger
from shop.pears import *
from shop.apples import *

log = logger("everything")
info = log.info
warning = log.warning
