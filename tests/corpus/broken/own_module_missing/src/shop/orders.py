import shop.refunds
