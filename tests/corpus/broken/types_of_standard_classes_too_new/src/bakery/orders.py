from collections import defaultdict, deque

ORDERS = defaultdict(list)
Waiting = deque[str]
