from shop import goods11 as goods11
