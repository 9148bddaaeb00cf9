from shop.Orders import OPEN
