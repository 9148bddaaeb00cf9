from shop import goods06 as goods06
