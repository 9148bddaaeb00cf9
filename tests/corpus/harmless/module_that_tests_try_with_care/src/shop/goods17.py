from shop import goods18 as goods18
