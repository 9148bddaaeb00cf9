"""Reports, also by `python -m shop.report`."""

SOLD = []


def main():
    print(SOLD)


if __name__ == "__main__":
    main()
