import socket

try:
    ADDRESS = socket.gethostbyname("harbour.invalid")
except OSError:
    ADDRESS = None
