import random
import sys

if sys.version_info >= (3, 8):
    random.seed(1)
