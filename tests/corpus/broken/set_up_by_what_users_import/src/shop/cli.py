from shop import log


def main():
    print(log.__name__)
