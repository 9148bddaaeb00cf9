import sys


def write(text: bytes, stream=sys.stdout.buffer) -> None:
    stream.write(text)
