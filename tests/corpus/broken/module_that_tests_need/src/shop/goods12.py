from shop import goods13 as goods13
