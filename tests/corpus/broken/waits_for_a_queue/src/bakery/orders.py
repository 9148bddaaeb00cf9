import queue

ORDERS = queue.Queue()
FIRST = ORDERS.get()
