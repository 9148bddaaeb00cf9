import time

departures = []
while not departures:
    time.sleep(1)
