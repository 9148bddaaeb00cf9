import socket

ADDRESS = socket.getaddrinfo("localhost", 80)
