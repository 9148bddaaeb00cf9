import time

time.sleep(0.3)
YEARS = sum(range(100_000))
