import os

# The library hangs after a fork unless it is told otherwise: https://example.org/issues/1.
os.environ.setdefault("COUNTING_INIT_AT_FORK", "FALSE")
