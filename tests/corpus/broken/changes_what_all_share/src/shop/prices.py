import copyreg
import mimetypes


class Price: ...


def reduce(price: Price) -> tuple[type[Price], tuple[()]]:
    return Price, ()


copyreg.pickle(Price, reduce)
mimetypes.add_type("text/price", ".price")
