from shop.update import look

look()
