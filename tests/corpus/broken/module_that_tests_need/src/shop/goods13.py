from shop import goods14 as goods14
