from shop.totals import TOTALS
