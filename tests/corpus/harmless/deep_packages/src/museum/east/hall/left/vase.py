from ....west import desk
from ....west.desk import TICKETS

FIRST = desk.TICKETS, TICKETS
