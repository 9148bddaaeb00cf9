from shop.table import ROWS

PRICE = ROWS["tea"]
