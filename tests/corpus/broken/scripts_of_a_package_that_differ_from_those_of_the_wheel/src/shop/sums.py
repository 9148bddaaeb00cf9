from shop.tools import sum_orders as sum_orders
