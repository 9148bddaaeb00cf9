import decimal
import random

STATE = random.getstate()
random.seed(3)
TABLE = [random.randrange(9) for _ in range(4)]
random.setstate(STATE)

with decimal.localcontext() as context:
    context.prec = 40
    THIRD = decimal.Decimal(1) / 3
