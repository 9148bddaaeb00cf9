from scales.weights import WEIGHTS


def main() -> None:
    print(WEIGHTS)


if __name__ == "__main__":
    main()
