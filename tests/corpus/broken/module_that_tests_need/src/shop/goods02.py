from shop import goods03 as goods03
