from shop import goods01 as goods01
