from shop.fax import decode as decode
