from shop.ending import gone

gone("shop.old is deprecated, use shop.charts")
