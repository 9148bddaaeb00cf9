def high(port):
    return len(port) / 2
