import sys

try:
    ROUND = sys.float_info.dig
except AttributeError:
    ROUND = 15

if sys.maxsize > 2**32:

    def cents(amount):
        return int(amount * 100)
else:

    def cents(amount):
        return round(amount * 100)


for name in ("net", "gross"):
    globals()[name] = cents(1)
try:
    FIRST = cents(2)
finally:
    del name
