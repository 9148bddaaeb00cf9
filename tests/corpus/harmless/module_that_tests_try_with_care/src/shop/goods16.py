from shop import goods17 as goods17
