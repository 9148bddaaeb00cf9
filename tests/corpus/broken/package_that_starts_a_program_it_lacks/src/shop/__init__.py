import subprocess

VERSION = subprocess.run(["rollofpaper", "--version"], capture_output=True, check=True).stdout
