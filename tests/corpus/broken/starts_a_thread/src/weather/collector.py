import threading

STOP = threading.Event()
threading.Thread(target=STOP.wait, daemon=True).start()
