import logging
import subprocess
import sys

logging.basicConfig(level=logging.INFO)
VERSION = subprocess.check_output([sys.executable, "--version"])


def main():
    logging.info("open")
