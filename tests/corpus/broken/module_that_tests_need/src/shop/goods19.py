from shop import goods20 as goods20
