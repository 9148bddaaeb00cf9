from shop.prices import VAT

VAT = 0.2
