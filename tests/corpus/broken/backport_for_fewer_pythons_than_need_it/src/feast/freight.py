import barge

LOAD = barge.__name__
