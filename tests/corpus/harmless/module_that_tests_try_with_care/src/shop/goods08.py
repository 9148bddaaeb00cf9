from shop import goods09 as goods09
