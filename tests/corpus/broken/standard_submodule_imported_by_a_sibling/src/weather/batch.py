import concurrent.futures

FUTURE = concurrent.futures.Future
