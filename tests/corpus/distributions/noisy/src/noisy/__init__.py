import os
import threading
import warnings

print("noisy is free software")
warnings.warn("noisy is going to change", FutureWarning)
os.environ["NOISY"] = "1"
threading.Thread(target=threading.Event().wait, daemon=True).start()
