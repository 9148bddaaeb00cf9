import tides
from ferry.boat import Boat


class Middleware(tides.Middleware):
    boat = Boat()
