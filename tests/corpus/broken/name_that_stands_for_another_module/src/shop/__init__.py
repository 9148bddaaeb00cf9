urls = "shop.pages", "shop"
