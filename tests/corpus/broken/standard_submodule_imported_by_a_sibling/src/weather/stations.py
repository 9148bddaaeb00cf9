import concurrent

FUTURE = concurrent.futures.Future
