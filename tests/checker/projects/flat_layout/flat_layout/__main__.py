from importlib.resources import files


def main() -> None:
    print(files(__package__).joinpath("data", "words").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
