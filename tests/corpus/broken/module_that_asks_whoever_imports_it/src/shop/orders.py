from shop.till import count
