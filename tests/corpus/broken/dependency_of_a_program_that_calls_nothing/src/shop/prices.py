import tides
from sphinx import Domain


class Prices(Domain):
    first = tides.high()
