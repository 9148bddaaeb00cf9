import os
import time

child = os.fork()
if child == 0:
    time.sleep(0.1)
    os._exit(0)
os.waitpid(child, 0)
