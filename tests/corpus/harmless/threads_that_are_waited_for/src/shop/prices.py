from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor(2) as pool:
    SQUARES = list(pool.map(abs, [1, 2]))
