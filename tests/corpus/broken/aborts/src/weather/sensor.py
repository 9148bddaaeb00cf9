import os

CALIBRATED = False
if not CALIBRATED:
    os.abort()
