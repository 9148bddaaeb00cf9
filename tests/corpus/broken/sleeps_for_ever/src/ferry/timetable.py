import time

DEPARTED = False
while not DEPARTED:
    time.sleep(1)
