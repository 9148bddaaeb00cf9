import sys


class Bell:
    def ring(self):
        return "ding"


sys.modules[__name__] = Bell()
