import subprocess
import sys

from shop.cli import main

VERSION = subprocess.check_output([sys.executable, "--version"])

if __name__ == "__main__":
    main()
