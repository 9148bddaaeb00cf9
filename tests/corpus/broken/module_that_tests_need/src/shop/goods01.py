from shop import goods02 as goods02
