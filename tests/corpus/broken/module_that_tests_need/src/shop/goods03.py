from shop import goods04 as goods04
