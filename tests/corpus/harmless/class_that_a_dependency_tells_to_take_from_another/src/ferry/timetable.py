from almanac.tables import row
from tides import low
from tides.harbour import Harbour

LAST = row(low, where=Harbour())
