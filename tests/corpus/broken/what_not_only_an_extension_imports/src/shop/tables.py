from shop.documents.prices import Price

PRICE = Price
