CART = "cart"
