import os

LOAD = os.getloadavg()
