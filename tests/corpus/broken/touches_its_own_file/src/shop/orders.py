import os

os.utime(__file__)
