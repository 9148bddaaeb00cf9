import copyreg
import mimetypes
import sqlite3
from decimal import Decimal


class Price: ...


def reduce(price: object) -> tuple[type[Price], tuple[()]]:
    return Price, ()


copyreg.pickle(Price, reduce)
copyreg.pickle(Decimal, reduce)
mimetypes.add_type("text/price", ".price")
sqlite3.register_converter("TIMESTAMP", bytes.decode)
