import random
import time

random.seed(0)
