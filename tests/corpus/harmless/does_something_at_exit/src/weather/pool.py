import atexit
import weakref

CONNECTIONS = []


class Station:
    pass


HILL = Station()
atexit.register(CONNECTIONS.clear)
weakref.finalize(HILL, CONNECTIONS.clear)
