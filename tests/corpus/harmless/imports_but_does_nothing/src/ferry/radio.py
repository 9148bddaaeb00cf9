import asyncio
import contextvars
import ctypes
import multiprocessing
import signal
import socket
import sqlite3
import subprocess
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor

LOCK = threading.Lock()
HERE = threading.local()
CHANNEL = contextvars.ContextVar("channel", default=16)
POOL = ThreadPoolExecutor(max_workers=1)
STOP = threading.Event()
CALLS = asyncio.Queue()
WAITING = threading.Timer(60, print)
NOBODY = subprocess.DEVNULL, socket.AF_INET, signal.SIGINT, sqlite3.Row
REQUEST = urllib.request.Request("https://example.org")
START = multiprocessing.get_all_start_methods(), ctypes.c_int(4)
