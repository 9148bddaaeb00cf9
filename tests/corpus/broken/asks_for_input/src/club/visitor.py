try:
    NAME = input()
except (EOFError, RuntimeError):
    NAME = "guest"
