import subprocess
import sys

COMMIT = subprocess.run([sys.executable, "-c", "pass"], check=False).returncode
