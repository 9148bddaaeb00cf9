import os

COURSE = os.environ["_SAIL_COURSE"]
