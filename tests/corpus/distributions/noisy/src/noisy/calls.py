"""What a project may call: silent until then."""

import logging
import os
import subprocess
import sys
import threading


def greet(name):
    print("hello", name)


def configure():
    logging.basicConfig(level=logging.INFO)


def work():
    threading.Thread(target=threading.Event().wait, daemon=True).start()


def remember(value):
    os.environ["NOISY_VALUE"] = value


def version():
    return subprocess.run([sys.executable, "--version"], capture_output=True, check=True).stdout


def first_line(file):
    if isinstance(file, str):
        file = open(file)
    file = file.readline()
    return file


def opened(path):
    return open(path)
