import socket

with socket.socket() as server:
    server.bind(("127.0.0.1", 0))
    PORT = server.getsockname()[1]
