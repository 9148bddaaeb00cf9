from tariff import farthing

print(farthing)
