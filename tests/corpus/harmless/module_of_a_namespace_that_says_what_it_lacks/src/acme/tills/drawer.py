from acme.tills.ports import PORTS

if not PORTS:
    raise ImportError("a drawer needs a port: connect one, and set PORTS")
