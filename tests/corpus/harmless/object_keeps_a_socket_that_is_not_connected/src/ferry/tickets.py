from ferry.counter import Counter

COUNTER = Counter("localhost")
