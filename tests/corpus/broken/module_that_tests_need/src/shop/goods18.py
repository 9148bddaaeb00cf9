from shop import goods19 as goods19
