import os

READ, WRITE = os.pipe()
