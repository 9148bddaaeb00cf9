from shop import goods16 as goods16
