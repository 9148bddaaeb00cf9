from shop import goods10 as goods10
