from shop import goods05 as goods05
