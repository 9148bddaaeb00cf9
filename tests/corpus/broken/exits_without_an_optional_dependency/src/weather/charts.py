import sys

try:
    import compass
except ImportError:
    sys.exit("pip install weather[charts]")
