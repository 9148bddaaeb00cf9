import random
import sys

if sys.version_info < (3, 8):
    random.seed(1)
while sys.flags.verbose > 90:
    random.seed(2)
