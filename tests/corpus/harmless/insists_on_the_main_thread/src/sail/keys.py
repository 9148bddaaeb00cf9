import threading

assert threading.current_thread() is threading.main_thread(), "keys come to one thread"
