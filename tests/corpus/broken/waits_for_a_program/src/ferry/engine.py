import subprocess

STARTED = subprocess.run(["sleep", "3600"])
