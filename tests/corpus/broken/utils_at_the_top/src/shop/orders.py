from utils import shout

GREETING = shout("hello")
