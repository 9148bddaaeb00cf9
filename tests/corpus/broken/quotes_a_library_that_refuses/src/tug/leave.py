from logbook import write
from pilot import berth

BERTH = write(berth)
