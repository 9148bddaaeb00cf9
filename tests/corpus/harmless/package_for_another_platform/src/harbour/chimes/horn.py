from . import lib

BLOW = lib.BEEP
