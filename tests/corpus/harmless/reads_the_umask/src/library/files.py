import os

UMASK = os.umask(0)
os.umask(UMASK)
