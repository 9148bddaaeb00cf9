import copyreg

from shop._made import price

Price = type(price())
copyreg.pickle(Price, str)
