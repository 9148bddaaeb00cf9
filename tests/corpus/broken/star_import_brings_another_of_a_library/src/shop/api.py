from shutil import copy

from shop.parcels import *


def keep(file):
    copy(file, "kept")
