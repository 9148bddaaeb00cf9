from shop.worker import work

FILE = "worker.py"
RESULT = work()
