import sys


def main() -> None:
    sys.set_lazy_imports("all")
    print(sys.get_lazy_imports(), sys.get_lazy_imports_filter())


if __name__ == "__main__":
    main()
