import threading

END = threading.Event()

worker = threading.Thread(target=END.wait, args=(60,), daemon=True)
worker.start()
worker.join(0.01)
