from shop.tides import VERSION
