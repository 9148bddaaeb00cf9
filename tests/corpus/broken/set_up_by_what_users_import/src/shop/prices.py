from shop import log as log
NET = 2
