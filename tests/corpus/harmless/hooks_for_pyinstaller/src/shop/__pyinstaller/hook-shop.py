hiddenimports = ["shop.prices"]
