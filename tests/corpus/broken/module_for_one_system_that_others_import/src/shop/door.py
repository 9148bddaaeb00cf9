from shop.keys import OWNER

OPEN_FOR = [OWNER]
