from shop import connect

connect("127.0.0.1")
