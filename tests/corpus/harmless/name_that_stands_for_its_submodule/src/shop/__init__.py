urls = "shop.urls", "shop"
