from shop import goods07 as goods07
