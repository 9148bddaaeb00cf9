import shop

VERBOSE = shop.DEBUG
