import sys


def main(arguments):
    return arguments[1].upper()


main(sys.argv)
