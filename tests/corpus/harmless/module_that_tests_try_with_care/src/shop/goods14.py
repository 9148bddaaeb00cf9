from shop import goods15 as goods15
