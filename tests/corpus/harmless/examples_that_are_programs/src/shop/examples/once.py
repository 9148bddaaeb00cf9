import sys

from shop import greeting

print(greeting())
sys.exit(0)
