import os

NOWHERE = open(os.devnull)
KIND = type(NOWHERE)
NOWHERE.close()
HERE = open(__file__)
HERE.close()
LEFT = open(os.__file__)
