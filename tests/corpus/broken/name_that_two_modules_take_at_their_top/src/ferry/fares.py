from tariff import farthing

LOWEST = farthing
