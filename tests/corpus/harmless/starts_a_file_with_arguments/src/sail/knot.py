import sys

(rope,) = sys.argv[1:]
print("tied", rope)
