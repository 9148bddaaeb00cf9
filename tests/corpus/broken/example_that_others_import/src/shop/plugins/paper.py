from shop.plugins import example as example
