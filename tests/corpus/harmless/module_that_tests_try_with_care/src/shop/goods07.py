from shop import goods08 as goods08
