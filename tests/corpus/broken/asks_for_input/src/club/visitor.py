try:
    NAME = input()
except EOFError:
    NAME = "guest"
