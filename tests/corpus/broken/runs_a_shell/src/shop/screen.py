import os

os.system("exit 0")
