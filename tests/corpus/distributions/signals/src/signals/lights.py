import sys


class Oil:
    def burn(self):
        return "yellow"


class Gas(Oil):
    def pressure(self):
        return 2


def install(light):
    sys.modules["signals.light"] = light
