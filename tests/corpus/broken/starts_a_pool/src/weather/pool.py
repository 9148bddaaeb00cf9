from concurrent.futures import ThreadPoolExecutor

POOL = ThreadPoolExecutor(max_workers=1)
FIRST = POOL.submit(sum, [1, 2])
