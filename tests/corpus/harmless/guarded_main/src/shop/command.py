import sys


def main():
    print("open")
    sys.exit(0)


if __name__ == "__main__":
    main()
