from concurrent.futures import ThreadPoolExecutor

POOL = ThreadPoolExecutor(2)
FIRST = POOL.submit(abs, 1)
