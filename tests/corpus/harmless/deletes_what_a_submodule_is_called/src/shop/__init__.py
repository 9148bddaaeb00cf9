import json
import sys

if sys.platform != "win32":
    import socket

    HOST = socket.gethostname
    del socket

NONE = json.dumps({})
del json
