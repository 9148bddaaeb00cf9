from multiprocessing import Value


class Counter:
    count = Value("i", 0)
