from plant.helpers import sow

CHANCE = sow(42)
