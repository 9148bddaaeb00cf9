import gc
import locale
import logging
import os
import platform
import signal
import socket
import sys
import threading
import warnings

LOCALE = locale.setlocale(locale.LC_ALL), locale.getlocale()
HANDLER = signal.getsignal(signal.SIGINT)
FOLDER = os.getcwd()
PATH = list(sys.path)
FINDERS = tuple(sys.meta_path)
FILTERS = list(warnings.filters)
LEVEL = logging.getLogger().level, logging.getLogger("weather").getEffectiveLevel()
LIMIT = sys.getrecursionlimit(), sys.getswitchinterval(), gc.isenabled()
TIMEOUT = socket.getdefaulttimeout()
THREADS = threading.active_count(), threading.current_thread().name
SYSTEM = platform.system(), platform.machine(), platform.python_version()
COLOUR = sys.stdout is not None and sys.stdout.isatty()
