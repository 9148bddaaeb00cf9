import prices_table

PRICES = prices_table.PRICES
