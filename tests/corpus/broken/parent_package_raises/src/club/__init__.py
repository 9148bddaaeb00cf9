VERSION = int("1.0")
