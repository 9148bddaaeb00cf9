from shop import goods12 as goods12
