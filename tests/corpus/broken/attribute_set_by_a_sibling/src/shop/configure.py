import shop

shop.DEBUG = True
