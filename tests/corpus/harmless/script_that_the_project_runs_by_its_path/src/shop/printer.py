import sys

sys.path.append(sys.path.pop(0))


def work() -> str:
    return "printer"


if __name__ == "__main__":
    print(work())
