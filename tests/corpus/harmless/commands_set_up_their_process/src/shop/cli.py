import logging
import os
import sys

logging.basicConfig(level=logging.INFO)
sys.path.append(os.getcwd())


def main():
    logging.info("open")
