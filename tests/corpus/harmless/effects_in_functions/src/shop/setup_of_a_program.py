import json
import locale
import logging
import os
import signal
import sys
import threading
import warnings


def configure():
    print("configuring")
    logging.basicConfig(level=logging.DEBUG)
    warnings.simplefilter("ignore")
    locale.setlocale(locale.LC_ALL, "")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["SHOP"] = "1"
    os.chdir("/")
    sys.path.insert(0, "plugins")
    sys.setrecursionlimit(5000)
    json.dumps = str
    threading.Thread(target=print).start()


def stop():
    os._exit(0)


class Program:
    def run(self):
        configure()
        sys.exit(0)
