import copyreg
import sqlite3
from decimal import Decimal


class Price: ...


def reduce(price: object) -> tuple[type[Price], tuple[()]]:
    return Price, ()


copyreg.pickle(Price, reduce)
copyreg.pickle(Decimal, reduce)
sqlite3.register_converter("TIMESTAMP", bytes.decode)
