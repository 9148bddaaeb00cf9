import threading

if threading.current_thread() is not threading.main_thread():
    threading.Event().wait()
